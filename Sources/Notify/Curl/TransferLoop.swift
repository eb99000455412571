import CLibCurl
import Waiting

/// Runs any number of transfers on the thread that waits for them.
final class TransferLoop {
    let pointer: UnsafeMutableRawPointer

    init() {
        guard let handle = curl_multi_init() else { fatalError("libcurl has no memory for its transfers") }
        pointer = handle
    }

    deinit {
        curl_multi_cleanup(pointer)
    }

    /// Does what can be done without waiting, and notes which transfers have ended.
    func advance() {
        var running: Int32 = 0
        curl_multi_perform(pointer, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let context = apus_curl_get_private(message.pointee.easy_handle)
            else { continue }
            Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().result = message.pointee.data.result
        }
    }

    /// Waits until a transfer can go on, the deadline passes or the interruption is asked for.
    func wait(until deadline: Deadline, or interruption: Interruption) {
        var extra = curl_waitfd(fd: interruption.fileDescriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        let count: UInt32 = interruption.fileDescriptor < 0 ? 0 : 1
        let milliseconds = Int32(min(deadline.remaining.milliseconds + 1, 60_000))
        curl_multi_poll(pointer, &extra, count, milliseconds, nil)
    }
}
