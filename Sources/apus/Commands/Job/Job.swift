import ArgumentParser
import Engine
import Glibc
import Notify
import Revisions
import Waiting

/// A run from the outside: the engine at work, shown, reported and told about.
struct Job {
    private let settings: Settings
    private let output: Output
    private let notices: NotificationCenter?
    private let reportFile: String?
    private let isNotificationRequired: Bool
    private let scrubber: Scrubber
    private let warnings: [String]

    /// - Throws: `SettingError`, before anything is touched.
    init(
        _ configuration: Configuration,
        _ direction: Plan.Direction = .up,
        target: RevisionTarget,
        isDryRun: Bool = false,
        waitTimeout: Duration
    ) throws(SettingError) {
        scrubber = Scrubber()
        var settings = try configuration.settings(
            direction,
            target: target,
            waitTimeout: waitTimeout,
            scrubber: scrubber
        )
        settings.isDryRun = isDryRun
        self.settings = settings
        output = try Output(configuration, scrubber: scrubber, runID: settings.runID)
        notices = try NotificationCenter(configuration, scrubber: scrubber)
        isNotificationRequired = try configuration.isOn("notify-required")
        reportFile = configuration.text("report-file")
        warnings = configuration.exposures + configuration.misspellings
    }

    /// Does the job and reports it everywhere.
    func run() -> Engine.ExitCode {
        let interruption = Apus.interruption
        for warning in warnings { output.show(.warning(warning)) }
        let migrator = Migrator(settings, interruption: interruption, observe: output.show)
        var report = neverFreed(migrator).run()
        if !settings.isDryRun { report.notifications = notices?.tell(of: report, interruption) ?? [] }
        if isNotificationRequired, report.code == 0,
            report.notifications.contains(where: { $0.outcome == "failed" })
        {
            let code = Engine.ExitCode.notificationFailed
            (report.code, report.reason, report.hint) = (code.rawValue, code.facts.reason, code.facts.next)
            (report.result, report.db) = (.failed, code.facts.database.rawValue)
        }
        TerminationMessage.write(report, scrubber: scrubber)
        writeReportFile(report)
        output.show(report)
        return Engine.ExitCode(rawValue: report.code) ?? .bug
    }

    private func writeReportFile(_ report: Report) {
        guard let reportFile else { return }
        do throws(ReportFile.WriteError) {
            try ReportFile(path: reportFile).write(scrubber.scrub(encoded(report)) + "\n")
        } catch {
            let reason = unsafe String(cString: strerror(error.errno))
            output.show(.warning("the report file \(reportFile) cannot be written: \(reason)"))
        }
    }
}

/// Runs `body`; a setting that cannot be used ends the command with 78, and says which.
func withSettings(_ body: () throws(SettingError) -> Engine.ExitCode) throws {
    let code: Engine.ExitCode
    do throws(SettingError) {
        code = try body()
    } catch {
        write("apus: \(error)\n", to: STDERR_FILENO)
        code = .configuration
    }
    if code != .ok { throw ArgumentParser.ExitCode(code.rawValue) }
}
