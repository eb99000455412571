import Database
import Engine
import Glibc
import Revisions
import Waiting

/// Shows a run to people: one line for each thing that happened, its kind in the first column.
struct TextRenderer {
    let scrubber: Scrubber
    let style: Style

    func show(_ event: Event) {
        for line in lines(for: event) { say(line) }
    }

    private func say(_ line: String) {
        write(scrubber.scrub(line) + "\n", to: STDERR_FILENO)
    }

    private func lines(for event: Event) -> [String] {
        switch event {
        case .waiting(_, let reason, let elapsed): [row("waiting", "\(reason) (\(short(elapsed)))")]
        case .ready(let server, let after):
            [
                row(
                    "ready",
                    "\(server.product.rawValue) \(server.version) at \(server.name) as \(server.user), after \(short(after))"
                )
            ]
        case .notice(let severity, let message): [row(severity.lowercased(), message)]
        case .warning(let words): [style.yellow(row("warning", words))]
        case .waitingForRevisions(let pending):
            [row("waiting", "for \(count(pending.count, "revision")): \(list(pending))")]
        case .waitingForLock(let holder, let elapsed):
            [
                row(
                    "waiting",
                    "another runner holds the lock\(holder.map { ": \($0)" } ?? "") (\(short(elapsed)))"
                )
            ]
        case .waitingForOrphans(let sessions):
            [
                row(
                    "waiting",
                    "an earlier runner's work goes on: \(sessions.map(\.description).joined(separator: "; "))"
                )
            ]
        case .locked(let after): [row("lock", "held, after \(short(after))")]
        case .planned(let plan, let from): planned(plan, from)
        case .backingUp(let hook): [row("backup", hook)]
        case .backupSaid(let line): [style.dim(row("", line))]
        case .backedUp(let artifact, let took):
            [row("backup", "\(artifact.reference) taken in \(short(took))")]
        case .applying: []
        case .executing(let id, let statement, let total, let text):
            [style.dim(row("", "\(id) \(statement)/\(total)  \(text)"))]
        case .resuming(let id, let after, let total):
            [row("resume", "\(id) after \(after) of \(count(total, "statement"))")]
        case .droppedInvalidIndex(let name):
            [row("dropped", "\(name), an invalid index left by an earlier attempt")]
        case .retrying(let id, let attempt, let pause, let reason, let blockers):
            [row("retry", "\(id), attempt \(attempt) failed: \(reason); next in \(short(pause))")]
                + blockers.map { row("", "blocked by \($0)") }
        case .retryingRecord(let doing, let attempt, let pause, let reason):
            [row("retry", "\(doing), attempt \(attempt) failed: \(reason); next in \(short(pause))")]
        case .applied(let step, let took):
            [
                style.green(
                    row(
                        step.direction == .up ? "applied" : "reverted",
                        "\(padded(step.index, of: step.total)) \(step.revision)  \(step.title)  "
                    )
                ) + style.dim(short(took))
            ]
        case .connectionLost(let message): [row("lost", "\(message); asking the database what became of it")]
        case .verified(let heads): [row("verified", "at \(list(heads))")]
        case .stamped(let from, let heads, let forgotten):
            [
                style.green(
                    row(
                        "stamped",
                        "at \(list(heads))\(from == heads ? ", as before" : ", was at \(list(from))")"
                    )
                )
            ] + (forgotten.isEmpty ? [] : [row("forgotten", "how far \(list(forgotten)) was, half done")])
        case .repaired(let ids):
            [style.green(row("repaired", ids.isEmpty ? "nothing: no applied file was edited" : list(ids)))]
        case .failed(let failure): failed(failure)
        case .finished: []
        }
    }

    private func planned(_ plan: Plan, _ from: [Revision.ID]) -> [String] {
        if let idleness = plan.idleness, case .alreadyAbove = idleness { return [row("plan", "\(idleness)")] }
        guard !plan.isEmpty else { return [] }
        let words = plan.direction == .up ? "" : " to undo"
        return [row("plan", "\(count(plan.steps.count, "revision"))\(words) from \(list(from))")]
    }

    func show(_ report: Report) {
        for notification in report.notifications { say(line(for: notification)) }
        say(verdict(of: report))
    }

    private func line(for notification: Report.Notification) -> String {
        let status = notification.status.map { ", \($0)" } ?? ""
        let error = notification.error.map { ": \($0)" } ?? ""
        return row(
            "webhook",
            "\(notification.kind) \(notification.host) \(notification.outcome)\(status)\(error)"
        )
    }

    private func verdict(of report: Report) -> String {
        let time = short(.milliseconds(report.ms))
        let at = report.at.isEmpty ? "base" : report.at.joined(separator: ", ")
        let done = report.direction == .upgrade ? "applied" : "reverted"
        switch report.result {
        case .noop:
            return style.green(row("ok", "nothing to do at \(at) (\(time))"))
        case .succeeded where report.dry_run == true:
            return style.green(row("ok", "dry run: everything was taken back, still at \(at) (\(time))"))
        case .succeeded:
            return style.green(row("ok", "\(count(report.applied, "revision")) \(done) in \(time), at \(at)"))
        case .failed, .interrupted, .blocked:
            let so = report.applied > 0 ? "\(report.applied) \(done), \(report.pending) pending. " : ""
            return style.red(row("exit \(report.code)", "\(report.reason): \(so)\(report.hint ?? "")"))
        }
    }

    private func failed(_ failure: Failure) -> [String] {
        let words = failure.description.split(separator: "\n").map { style.red(row("error", String($0))) }
        switch failure {
        case .statement(let statement), .locksExhausted(let statement, _, _):
            return words + excerpt(of: statement)
        default:
            return words
        }
    }

    /// The line of the file with a caret under the place, and what else the server said.
    private func excerpt(of failure: StatementFailure) -> [String] {
        let number = "\(failure.line)"
        let source = failure.source.replacing("\t", with: " ")
        let window = source.dropFirst(max(0, failure.column - 80)).prefix(160)
        let indent = String(repeating: " ", count: number.count)
        let gap = String(repeating: " ", count: max(0, min(failure.column - 1, 79)))
        var lines = [row("", "\(number) | \(window)"), row("", "\(indent) | \(gap)") + style.red("^")]
        if let detail = failure.error.detail { lines.append(row("detail", detail)) }
        if let hint = failure.error.hint { lines.append(row("hint", hint)) }
        if let context = failure.error.context {
            lines.append(row("context", context.replacing("\n", with: "; ")))
        }
        return lines
    }

    private func row(_ kind: String, _ words: String) -> String {
        kind + String(repeating: " ", count: max(1, 10 - kind.count)) + harmless(words)
    }

    private func padded(_ index: Int, of total: Int) -> String {
        String(repeating: " ", count: "\(total)".count - "\(index)".count) + "\(index)/\(total)"
    }

    private func list(_ revisions: [Revision.ID]) -> String {
        revisions.isEmpty ? "base" : revisions.map(\.rawValue).joined(separator: ", ")
    }
}

/// `3 revisions`, `1 revision`.
func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// `340 ms`, `2.4 s`, `3 min 20 s`.
func short(_ duration: Duration) -> String {
    let milliseconds = duration.milliseconds
    switch milliseconds {
    case ..<1000: return "\(milliseconds) ms"
    case ..<60_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    default: return "\(milliseconds / 60_000) min \(milliseconds % 60_000 / 1000) s"
    }
}

/// Control characters from outside must not steer the terminal, or look like a line of ours.
func harmless(_ words: String) -> String {
    guard words.unicodeScalars.contains(where: isControl) else { return words }
    return String(String.UnicodeScalarView(words.unicodeScalars.map { isControl($0) ? " " : $0 }))
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}
