import Glibc
import Synchronization

/// Work that a thread of its own does while this one goes on: something pure, which ends by itself.
package final class Errand<Value: Sendable> {
    private let work: Work<Value>
    private var thread: pthread_t?

    package init(_ body: @escaping @Sendable () -> Value) {
        work = Work(body)
        thread = work.start()
    }

    deinit { if let thread { pthread_detach(thread) } }

    /// What came of it. Waits until it is done, and does it now where the system gave no thread.
    package func value() -> Value {
        if let thread { pthread_join(thread, nil) }
        thread = nil
        return work.value()
    }
}

private final class Work<Value: Sendable>: Sendable {
    private let body: @Sendable () -> Value
    private let result = Mutex<Value?>(nil)

    init(_ body: @escaping @Sendable () -> Value) { self.body = body }

    func start() -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Runnable { [self] in _ = value() })
        let code = pthread_create(&thread, nil, run, context.toOpaque())
        if code == 0 { return thread }
        context.release()
        return nil
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

private func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Runnable>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
