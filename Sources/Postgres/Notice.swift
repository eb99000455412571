import CLibPQ

/// A NOTICE or WARNING of the server.
package struct Notice: Sendable, Hashable {
    /// "NOTICE", "WARNING", "INFO", "LOG" or "DEBUG", never translated.
    package let severity: String
    package let message: String
}

/// Hands each notice of one connection on. libpq keeps a plain pointer to it, so its owner must outlive the connection.
final class NoticeSink {
    private let receive: (Notice) -> Void

    init(_ receive: @escaping (Notice) -> Void) { self.receive = receive }

    func attach(to connection: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue().forward(result)
            },
            context
        )
    }

    private func forward(_ result: OpaquePointer) {
        // 'V' is the severity untranslated; servers before 9.6 send only 'S'.
        let severity = apus_error_field(result, CChar(86)) ?? apus_error_field(result, CChar(83))
        let message = apus_error_field(result, CChar(77))
        receive(Notice(severity: text(severity), message: text(message)))
    }
}
