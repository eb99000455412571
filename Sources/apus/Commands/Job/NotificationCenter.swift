import Engine
import FoundationEssentials
import Notify
import Waiting

/// Tells the endpoints of a run, once it has ended.
struct NotificationCenter {
    private let notifier: Notifier
    private let budget: Duration
    private let scrubber: Scrubber

    /// nil when nobody wants to be told.
    ///
    /// - Throws: `SettingError`.
    init?(_ configuration: Configuration, scrubber: Scrubber) throws(SettingError) {
        let urls =
            try configuration.secret("notify-url")?.split(whereSeparator: \.isWhitespace).map(String.init)
            ?? []
        guard !urls.isEmpty else { return nil }
        let secrets =
            try configuration.secret("notify-secret")?.split(whereSeparator: \.isWhitespace).map(String.init)
            ?? []
        for secret in urls + secrets { scrubber.register(secret) }
        let permissions = Permissions(plainHTTPAnywhere: try configuration.isOn("notify-insecure"))
        var endpoints: [Endpoint] = []
        do throws(EndpointError) {
            let keys = try SigningSecrets(parsing: secrets)
            for url in urls {
                endpoints.append(try Endpoint(parsing: url, secrets: keys, permissions: permissions))
            }
        } catch {
            throw .conflict("\(error).")
        }
        budget = try configuration.duration("notify-timeout") ?? DeliveryPolicy().budget
        var policy = DeliveryPolicy()
        policy.budget = budget
        notifier = Notifier(
            endpoints: endpoints,
            policy: policy,
            certificateAuthorities: CertificateAuthorities(
                chosen: configuration.text("ca-file"),
                environment: { configuration.variable($0)?.text }
            ),
            version: Version.number
        )
        self.scrubber = scrubber
    }

    /// - Parameter interruption: When it was asked for before, the telling itself is not interrupted, but short.
    func tell(of report: Report, _ interruption: Interruption) -> [Report.Notification] {
        let wasInterrupted = interruption.isRequested
        let results = notifier.deliver(
            Notification(report, scrubber: scrubber),
            until: .after(wasInterrupted ? min(budget, .seconds(5)) : budget),
            or: wasInterrupted ? .none : interruption
        )
        return results.filter { $0.outcome != .skipped }.map { result in
            Report.Notification(
                kind: result.kind,
                host: String(result.endpoint.split(separator: " ").last ?? ""),
                outcome: result.outcome.rawValue,
                attempts: result.attempts,
                status: result.status,
                error: result.error
            )
        }
    }
}

extension Notification {
    fileprivate init(_ report: Report, scrubber: Scrubber) {
        self.init(
            id: "msg_\(report.run)",
            type: report.eventType,
            timestamp: report.finished,
            data: Array(scrubber.scrub(encoded(report)).utf8),
            summary: report.summary(scrubber)
        )
    }
}

extension Report {
    fileprivate var eventType: EventType {
        switch result {
        case .succeeded: .runSucceeded
        case .noop: .runSkipped
        case .failed, .interrupted, .blocked: .runFailed
        }
    }

    fileprivate func summary(_ scrubber: Scrubber) -> Summary {
        let database = target.split(separator: "/").last.map(String.init) ?? target
        var facts = [
            Summary.Fact("Run", run), Summary.Fact("Database", target),
            Summary.Fact(direction == .upgrade ? "Applied" : "Reverted", "\(applied)"),
            Summary.Fact("At", at.isEmpty ? "base" : at.joined(separator: ", ")),
        ]
        if pending > 0 { facts.append(Summary.Fact("Pending", "\(pending)")) }
        if let backup { facts.append(Summary.Fact("Backup", scrubber.scrub(backup.ref))) }
        return Summary(
            title: title(database),
            outcome: code == 0 ? (applied > 0 ? .ok : .neutral) : .failed,
            facts: facts,
            errorText: failed.map { scrubber.scrub($0.place + $0.message) },
            footer: "\(tool) on \(host)"
        )
    }

    private func title(_ database: String) -> String {
        switch result {
        case .succeeded where direction == .downgrade: "Reverted: \(database)"
        case .succeeded: "Migrated: \(database)"
        case .noop: "Nothing to migrate: \(database)"
        case .failed: "Migration failed: \(database)"
        case .interrupted: "Migration interrupted: \(database)"
        case .blocked: "Migration could not begin: \(database)"
        }
    }
}

extension Report.Failed {
    fileprivate var place: String {
        guard let file else { return sqlstate.map { "\($0) " } ?? "" }
        return "\(file)\(line.map { ":\($0)" } ?? ""): \(sqlstate.map { "\($0) " } ?? "")"
    }
}
