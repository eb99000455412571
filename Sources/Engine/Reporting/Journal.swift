import Database
import FoundationEssentials
import Revisions
import Waiting

/// What a run has done so far: the facts of its report, collected from its events.
struct Journal {
    /// The steps done so far.
    private(set) var done: [Report.Step] = []
    private(set) var server: ServerFacts?
    var from: [Revision.ID] = []
    var at: [Revision.ID] = []
    var pending = 0
    /// Whether some statements of a migration that runs outside a transaction are committed, and not all of them.
    var isHalfDone = false

    /// The revisions of `done`.
    var doneRevisions: [Revision.ID] { done.map { Revision.ID(rawValue: $0.revision) } }

    private let settings: Settings
    private let clock = ContinuousClock.now
    private let started = Date.now
    private var waited = Duration.zero
    private var lockWait = Duration.zero
    private var backup: Report.Backup?

    init(_ settings: Settings) { self.settings = settings }

    var startedAt: String { timestamp(started) }

    mutating func note(_ event: Event) {
        switch event {
        case .ready(let facts, let after): (server, waited) = (facts, after)
        case .locked(let after): lockWait = after
        case .planned(let plan, let heads): (pending, from, at) = (plan.steps.count, heads, heads)
        case .backedUp(let artifact, let took):
            backup = Report.Backup(ref: artifact.reference, ms: took.milliseconds)
        case .verified(let heads): at = heads
        case .applied(let step, let took) where !settings.isDryRun:
            isHalfDone = false
            done.append(
                Report.Step(
                    revision: step.revision.rawValue,
                    description: step.title,
                    ms: took.milliseconds
                )
            )
            pending -= 1
        default: break
        }
    }

    /// The report, once the run has ended.
    func report(_ failure: Failure?) -> Report {
        let code = failure?.exitCode ?? .ok
        let finished = Date.now
        return Report(
            tool: "apus/\(settings.toolVersion)",
            run: settings.runID,
            result: result(failure),
            code: code.rawValue,
            reason: code.facts.reason,
            retryable: code.isRetryable,
            db: state(after: code).rawValue,
            target: server?.name ?? (try? settings.database().description) ?? "",
            from: from.map(\.rawValue),
            at: at.map(\.rawValue),
            want: settings.target.description,
            direction: settings.direction == .up ? .upgrade : .downgrade,
            dry_run: settings.isDryRun ? true : nil,
            tag: settings.tag,
            applied: done.count,
            pending: pending,
            revisions: done,
            failed: failure.map(Report.Failed.init),
            backup: backup,
            holder: failure?.holder,
            wait_ms: waited.milliseconds,
            lock_ms: lockWait.milliseconds,
            ms: (ContinuousClock.now - clock).milliseconds,
            started: startedAt,
            finished: timestamp(finished),
            host: settings.host,
            hint: failure.map { $0.next ?? code.facts.next }
        )
    }

    private func result(_ failure: Failure?) -> Report.Result {
        guard let failure else { return done.isEmpty && pending == 0 ? .noop : .succeeded }
        return switch failure.exitCode {
        case .interrupted, .terminated: .interrupted
        case .unavailable, .temporary, .denied, .configuration: done.isEmpty ? .blocked : .failed
        default: .failed
        }
    }

    /// What the table says of the code, unless this run knows better.
    private func state(after code: ExitCode) -> ExitCode.DatabaseState {
        switch code.facts.database {
        case .consistent, .lastGoodRevision, .unchanged, .seeReport:
            isHalfDone ? .dirty : done.isEmpty ? .unchanged : .advanced
        case .atTarget where settings.isDryRun: .unchanged
        case let state: state
        }
    }

    private func timestamp(_ date: Date) -> String { date.rfc3339 }
}

extension Report.Failed {
    package init(_ failure: Failure) {
        self.init(message: failure.message)
        switch failure {
        case .statement(let statement), .locksExhausted(let statement, _, _):
            revision = statement.revision.rawValue
            file = statement.file
            line = statement.line
            column = statement.column
            self.statement = statement.statement
            sqlstate = statement.error.sqlState?.rawValue
        case .record(let record):
            revision = record.revision.rawValue
            file = record.file
            sqlstate = record.error.sqlState?.rawValue
        case .unavailable(let wait): sqlstate = wait.error.sqlState?.rawValue
        case .database(let error, _): sqlstate = error.sqlState?.rawValue
        case .connectionLost(let id, let error, _):
            revision = id?.rawValue
            sqlstate = error.sqlState?.rawValue
        case .dirty(let dirt):
            revision = dirt.revision.rawValue
            file = dirt.file
            line = dirt.line
        default: break
        }
    }
}

extension Failure {
    /// The message for places where many may read it: a server's DETAIL may hold data, so it stays in the log.
    fileprivate var message: String {
        switch self {
        case .statement(let failure): failure.error.message
        case .unavailable(let failure): failure.error.description
        case .database(let error, let doing): "\(doing): \(error)"
        default: description
        }
    }

    fileprivate var holder: Report.Holder? {
        let session: OtherSession? =
            switch self {
            case .lockHeld(let holder, _): holder
            case .orphans(let sessions): sessions.first
            case .locksExhausted(_, _, let blockers): blockers.first?.session
            default: nil
            }
        return session.map { Report.Holder(pid: $0.pid, app: $0.applicationName, seconds: $0.age) }
    }
}
