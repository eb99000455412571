import Database
import Engine
import FoundationEssentials
import Glibc
import Revisions
import Waiting

/// Shows a run to machines: one JSON object a line, the report as the last one.
struct JSONRenderer {
    let scrubber: Scrubber
    let runID: String

    func show(_ event: Event) {
        guard var line = JSONLine(event) else { return }
        line.run = runID
        say(encoded(line))
    }

    func show(_ report: Report) {
        say(encoded(report))
    }

    private func say(_ line: String) {
        write(scrubber.scrub(line) + "\n", to: STDOUT_FILENO)
    }
}

/// What an event looks like on its line. Fields that say nothing are left out.
private struct JSONLine: Encodable {
    var ts = Date.now.rfc3339
    var level = "info"
    var event: String
    var run = ""
    var msg: String
    var revision: String?
    var description: String?
    var index: Int?
    var total: Int?
    var attempt: Int?
    var ms: Int64?
    var pid: Int?
    var file: String?
    var line: Int?
    var column: Int?
    var sqlstate: String?
    var detail: String?
    var hint: String?
    var code: Int32?
    var forgotten: [String]?

    init?(_ event: Event) {
        switch event {
        case .waiting(let attempt, let reason, let elapsed):
            self.init("wait.waiting", reason)
            (self.attempt, ms) = (attempt, elapsed.milliseconds)
        case .ready(let server, let after):
            self.init("wait.ready", "\(server.product.rawValue) at \(server.name) as \(server.user)")
            ms = after.milliseconds
        case .notice(let severity, let message):
            self.init("server.notice", message)
            level = severity == "WARNING" ? "warning" : "info"
        case .warning(let words):
            self.init("warning", words)
            level = "warning"
        case .waitingForRevisions(let pending):
            self.init("wait.revisions", pending.map(\.rawValue).joined(separator: " "))
            total = pending.count
        case .waitingForLock(let holder, let elapsed):
            self.init("lock.waiting", holder.map { "held by \($0)" } ?? "held by another runner")
            (pid, ms) = (holder?.pid, elapsed.milliseconds)
        case .waitingForOrphans(let sessions):
            self.init("lock.orphans", sessions.map(\.description).joined(separator: "; "))
            pid = sessions.first?.pid
        case .locked(let after):
            self.init("lock.held", "the lock is held")
            ms = after.milliseconds
        case .planned(let plan, _):
            guard let words = plan.words else { return nil }
            self.init("plan", words)
            total = plan.steps.count
        case .backingUp(let hook): self.init("backup.started", hook)
        case .backupSaid(let line): self.init("backup.output", line)
        case .backedUp(let artifact, let took):
            self.init("backup.succeeded", artifact.reference)
            ms = took.milliseconds
        case .applying(let step):
            self.init("revision.\(step.direction == .up ? "applying" : "reverting")", step)
        case .executing(let id, let statement, let total, let text):
            self.init("revision.statement", text)
            (revision, index, self.total) = (id.rawValue, statement, total)
        case .resuming(let id, let after, let total):
            self.init("revision.resuming", "\(after) of \(count(total, "statement")) done")
            (revision, index, self.total) = (id.rawValue, after, total)
        case .droppedInvalidIndex(let name): self.init("index.dropped", name)
        case .retrying(let id, let attempt, let pause, let reason, let blockers):
            let words = blockers.map { "; blocked by \($0)" }.joined()
            self.init("revision.retrying", reason + words)
            level = "warning"
            (revision, self.attempt, ms, pid) = (
                id.rawValue, attempt, pause.milliseconds, blockers.first?.session.pid
            )
        case .retryingRecord(let doing, let attempt, let pause, let reason):
            self.init("ledger.retrying", "\(doing): \(reason)")
            level = "warning"
            (self.attempt, ms) = (attempt, pause.milliseconds)
        case .applied(let step, let took):
            self.init("revision.\(step.direction == .up ? "applied" : "reverted")", step)
            ms = took.milliseconds
        case .connectionLost(let message):
            self.init("connection.lost", message)
            level = "warning"
        case .verified(let heads): self.init("verified", heads.map(\.rawValue).joined(separator: " "))
        case .stamped(_, let heads, let forgotten):
            self.init("stamped", heads.map(\.rawValue).joined(separator: " "))
            self.forgotten = forgotten.isEmpty ? nil : forgotten.map(\.rawValue)
        case .repaired(let ids): self.init("repaired", ids.map(\.rawValue).joined(separator: " "))
        case .failed(let failure): self.init(failure)
        case .finished: return nil
        }
    }

    private init(_ event: String, _ msg: String) {
        self.event = event
        self.msg = msg
    }

    private init(_ event: String, _ step: Progress) {
        self.init(event, step.title)
        (revision, index, total) = (step.revision.rawValue, step.index, step.total)
    }

    private init(_ failure: Failure) {
        self.init("run.failed", failure.description)
        level = "error"
        code = failure.exitCode.rawValue
        let failed = Report.Failed(failure)
        revision = failed.revision
        (file, line, column) = (failed.file, failed.line, failed.column)
        sqlstate = failed.sqlstate
        guard case .statement(let statement) = failure else { return }
        (detail, hint) = (statement.error.detail, statement.error.hint)
    }
}

extension Plan {
    /// What is to be done; or, when an upgrade asked for less than there is, that nothing is. nil when it is simply there.
    fileprivate var words: String? {
        if case .alreadyAbove? = idleness { return idleness?.description }
        return steps.isEmpty ? nil : steps.map(\.rawValue).joined(separator: " ")
    }
}
