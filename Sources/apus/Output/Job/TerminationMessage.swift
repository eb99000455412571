import Engine
import Glibc

/// The report where Kubernetes looks for it: the one channel that outlives the logs of a Job and needs no rights.
enum TerminationMessage {
    /// The kubelet shares 12 KiB between all containers of a pod; 2048 bytes are ours with six of them.
    static let limit = 2048

    /// What names another file, for tests and for other orchestrators.
    static let variable = "APUS_TERMINATION_LOG"

    /// Writes it where the kubelet has put a file for it. Nowhere else is such a file made, and nothing fails without it.
    static func write(_ report: Report, scrubber: Scrubber) {
        let path =
            unsafe getenv(variable).map { unsafe String(cString: $0) } ?? "/dev/termination-log"
        let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        apus.write(scrubber.scrub(text(of: report)) + "\n", to: descriptor)
    }

    /// The report in at most `limit` bytes: what can be missed goes first, the verdict never.
    static func text(of report: Report) -> String {
        var report = report
        let shortenings: [(inout Report) -> Void] = [
            { $0.revisions = [] },
            { shorten(&$0.failed, to: 400) },
            { $0.notifications = [] },
            { $0.hint = nil },
            { $0.host = "" },
            { $0.backup = nil },
            { shorten(&$0.failed, to: 80) },
            { ($0.from, $0.at) = ([], []) },
            { $0.holder = nil },
            { $0.failed = nil },
            { $0.target = start(of: $0.target) },
            { $0.tag = $0.tag.map(start) },
            { ($0.want, $0.tool) = (start(of: $0.want), start(of: $0.tool)) },
        ]
        var text = encoded(report)
        for shorten in shortenings where text.utf8.count >= limit {
            shorten(&report)
            text = encoded(report)
        }
        return text
    }

    /// So much of it that it fits in any case: a character may take six bytes in JSON.
    private static func start(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(60)))
    }

    private static func shorten(_ failed: inout Report.Failed?, to count: Int) {
        guard let message = failed?.message, message.count > count else { return }
        failed?.message = message.prefix(count) + "…"
    }
}
