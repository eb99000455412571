import Dispatch
import Glibc

/// What SIGTERM brings about: one thing after the other, as the server goes on.
final class Termination {
    private let source: any DispatchSourceSignal

    init() {
        signal(SIGTERM, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.resume()
    }

    /// From now on, the signal does this.
    func then(_ action: @escaping @Sendable () -> Void) { source.setEventHandler(handler: action) }
}
