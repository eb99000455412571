import Glibc
import Synchronization

/// Work that a thread of its own does while this one goes on, or does not wait for any longer: who drops an errand leaves its
/// thread to itself.
package final class Errand<Value: Sendable> {
    private let work: Work<Value>
    private var thread: pthread_t?

    package init(_ body: @escaping @Sendable () -> Value) {
        work = Work(body)
        thread = work.start()
    }

    deinit { if let thread { pthread_detach(thread) } }

    /// Waits until the work is done, the deadline passes or the interruption is asked for.
    package func wait(until deadline: Deadline, or interruption: Interruption) -> WaitOutcome {
        guard thread != nil else { return .ready(0) }
        // The descriptor is the work's: it must not go while it is polled.
        return withExtendedLifetime(self) {
            waitFor(work.sockets?.reader ?? -1, events: Int32(POLLIN), until: deadline, or: interruption)
        }
    }

    /// What came of it. Waits until it is done, and does it now where the system gave no thread or no sockets.
    package func value() -> Value {
        if let thread { pthread_join(thread, nil) }
        thread = nil
        return work.value()
    }
}

private final class Work<Value: Sendable>: Sendable {
    /// The reader becomes readable when the work is done.
    let sockets = SocketPair()
    private let body: @Sendable () -> Value
    private let result = Mutex<Value?>(nil)

    init(_ body: @escaping @Sendable () -> Value) { self.body = body }

    func start() -> pthread_t? {
        guard sockets != nil else { return nil }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Runnable { [self] in run() })
        let code = pthread_create(&thread, nil, runOnThread, context.toOpaque())
        if code == 0 { return thread }
        context.release()
        return nil
    }

    private func run() {
        _ = value()
        if let sockets { write(sockets.writer, "x", 1) }
    }

    func value() -> Value {
        result.withLock { result in
            if let result { return result }
            let value = body()
            result = value
            return value
        }
    }
}

/// What a C function pointer can be given: it knows no generic parameters.
private final class Runnable {
    let run: () -> Void

    init(_ run: @escaping () -> Void) { self.run = run }
}

private func runOnThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Runnable>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
