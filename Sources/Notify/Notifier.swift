import Glibc
package import Waiting

/// Tells endpoints of events, all of them at once: one that is slow does not use up the others' time.
package struct Notifier: Sendable {
    private let endpoints: [Endpoint]
    let policy: DeliveryPolicy
    private let certificateAuthorities: CertificateAuthorities
    private let version: String

    /// - Parameter version: The program's version, for the `User-Agent` header.
    package init(
        endpoints: [Endpoint],
        policy: DeliveryPolicy = DeliveryPolicy(),
        certificateAuthorities: CertificateAuthorities,
        version: String
    ) {
        self.endpoints = endpoints
        self.policy = policy
        self.certificateAuthorities = certificateAuthorities
        self.version = version
    }

    /// Tells every endpoint that wants events of this type.
    ///
    /// - Parameters:
    ///   - notification: The event.
    ///   - budget: When to have given up at the latest; the policy's budget may end earlier.
    ///   - interruption: What ends every attempt and every pause at once. `.none` to tell of the interruption itself.
    /// - Returns: One result for each endpoint, in the order in which they were given.
    package func deliver(
        _ notification: Notification,
        until budget: Deadline = .never,
        or interruption: Interruption
    ) -> [DeliveryResult] {
        let deadline = min(budget, .after(policy.budget))
        let deliveries = endpoints.map { Delivery(notification, to: $0, by: self, until: deadline) }
        run(deliveries, or: interruption)
        return deliveries.compactMap(\.result)
    }

    private func run(_ deliveries: [Delivery], or interruption: Interruption) {
        let loop = TransferLoop()
        while !interruption.isRequested {
            loop.advance()
            for delivery in deliveries { delivery.advance(on: loop) }
            let steps = deliveries.compactMap(\.nextStep)
            guard let next = steps.min() else { return }
            loop.wait(until: next, or: interruption)
        }
        for delivery in deliveries { delivery.interrupt() }
    }

    /// The request of one attempt. Its time and its signature are made for each attempt anew.
    func request(
        _ notification: Notification,
        body: [UInt8],
        to endpoint: Endpoint,
        within time: Duration
    ) -> Request {
        let signature = WebhookSignature(id: notification.id, timestamp: Glibc.time(nil), body: body)
        return Request(
            url: endpoint.url,
            headers: endpoint.kind.signing == .never ? [] : signature.headers(signedWith: endpoint.keys),
            body: body,
            userAgent: "apus/\(version)",
            certificateAuthorities: certificateAuthorities.file,
            allowsLinkLocal: endpoint.permissions.linkLocalAddresses,
            connectTimeout: policy.connectTimeout,
            timeout: min(policy.requestTimeout, time)
        )
    }
}
