import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import apus

/// Settings without a process.
@Suite struct ConfigurationTests {
    private func configuration(
        flags: [String: String?] = [:],
        _ environment: [String: String] = [:],
        dotEnv: [String: String] = [:]
    ) -> Configuration {
        Configuration(flags: flags, environment: environment, dotEnv: dotEnv)
    }

    @Test func `a flag comes before the environment, and that before the file`() {
        let all = configuration(
            flags: ["log-format": "text"],
            ["APUS_LOG_FORMAT": "json"],
            dotEnv: ["APUS_LOG_FORMAT": "auto"]
        )
        #expect(all.text("log-format") == "text")
        let two = configuration(
            flags: ["log-format": nil],
            ["APUS_LOG_FORMAT": "json"],
            dotEnv: ["APUS_LOG_FORMAT": "auto"]
        )
        #expect(two.text("log-format") == "json")
        #expect(configuration(dotEnv: ["APUS_LOG_FORMAT": "auto"]).text("log-format") == "auto")
    }

    @Test func `a variable that is called nearly like a setting is told`() {
        let misspelt = configuration(
            [
                "APUS_BACKUP_COMAND": "x", "APUS_MIGRATION": "x", "APUS_NOTIFY_URLS_FILE": "x",
                "APUS_BACKUP_COMMAND": "x", "APUS_NOTIFY_URL_FILE": "x", "APUS_TERMINATION_LOG": "x",
                // What Kubernetes adds, and what people add.
                "APUS_PORT": "x", "APUS_PORT_5432_TCP": "x", "APUS_SERVICE_HOST": "x", "APUS_IMAGE": "x",
                "APUS_ENV": "x", "APUS_TO": "x", "BACKUP_COMAND": "x",
            ],
            dotEnv: ["APUS_LEGDER": "x"]
        ).misspellings
        #expect(
            misspelt.map { $0.split(separator: " ").first } == [
                "APUS_BACKUP_COMAND", "APUS_LEGDER", "APUS_MIGRATION", "APUS_NOTIFY_URLS_FILE",
            ]
        )
        #expect(
            misspelt.first
                == "APUS_BACKUP_COMAND is no setting, and nobody reads it; there is APUS_BACKUP_COMMAND"
        )
    }

    @Test func `every variable of the documentation is known`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        let text = try contents(of: "\(folder)/../../docs/configuration.md")
        let names = text.matches(of: /APUS_[A-Z_]*[A-Z]/).map { String($0.output) }
        #expect(names.contains("APUS_NOTIFY_SECRET_FILE"))
        // Those are the hook's.
        let strange = Set(names).subtracting(configuration().knownVariables)
        #expect(strange == ["APUS_ARTIFACT_DIR", "APUS_BACKUP_KEEP"])
    }

    @Test func `an empty variable is none`() {
        let both = configuration(["APUS_SEARCH_PATH": ""], dotEnv: ["APUS_SEARCH_PATH": "app"])
        #expect(both.text("search-path") == "app")
        #expect(configuration(["APUS_SEARCH_PATH": ""]).text("search-path") == nil)
    }

    @Test(arguments: [("true", true), ("1", true), ("YES", true), ("off", false), ("0", false)])
    func `a switch has the usual words`(word: String, value: Bool) throws {
        #expect(try configuration(["APUS_RESUME": word]).isOn("resume") == value)
    }

    @Test(arguments: ["maybe", "2", "tru"])
    func `a switch has no other words`(word: String) {
        #expect(throws: SettingError.self) { try configuration(["APUS_RESUME": word]).isOn("resume") }
    }

    @Test func `the parts of a list are divided by commas, so that a path may have blanks`() {
        let configuration = configuration(["APUS_MIGRATIONS": "my migrations,/b", "APUS_BACKUP_ENV": "A,B"])
        #expect(configuration.list("migrations") == ["my migrations", "/b"])
        #expect(configuration.list("backup-env") == ["A", "B"])
    }

    @Test(arguments: ["secret\n", "secret\r\n", "secret", "secret\n\n"])
    func `a secret file's line end is no part of the secret`(text: String) throws {
        let folder = Folder()
        let file = try folder.write(text, to: "secret")
        #expect(
            try configuration(["APUS_DATABASE_PASSWORD_FILE": file]).secret("database-password") == "secret"
        )
    }

    @Test func `blanks of a secret are part of it`() throws {
        let folder = Folder()
        let file = try folder.write(" a secret \n", to: "secret")
        #expect(
            try configuration(["APUS_DATABASE_PASSWORD_FILE": file]).secret("database-password")
                == " a secret "
        )
    }

    @Test func `a secret has one source`() throws {
        let folder = Folder()
        let file = try folder.write("secret\n", to: "secret")
        #expect(throws: SettingError.self) {
            try configuration(["APUS_DATABASE_URL": "a", "APUS_DATABASE_URL_FILE": file]).secret(
                "database-url"
            )
        }
        let flag = configuration(flags: ["database-url": "b"], ["APUS_DATABASE_URL_FILE": file])
        #expect(try flag.secret("database-url") == "b")
    }

    @Test func `a file .env is read as shells and Compose write it`() {
        let text = """
            # words
            A=1
              export B = "two words"
            C='quoted # no comment'
            D=
            E=postgres://u:p=w@h/d?x=1
            not a line
            F="
            G=postgres://h/d # the laptop's
            H='quoted'  # and a comment
            I=pass#word
            """
        let values = DotEnv(text).values
        #expect(values["A"] == "1")
        #expect(values["B"] == "two words")
        #expect(values["C"] == "quoted # no comment")
        #expect(values["D"] == "")
        #expect(values["E"] == "postgres://u:p=w@h/d?x=1")
        #expect(values["F"] == "\"")
        #expect(values["G"] == "postgres://h/d")
        #expect(values["H"] == "quoted")
        #expect(values["I"] == "pass#word")
        #expect(values.count == 9)
    }
}

@Suite struct WithoutURLsTests {
    @Test(arguments: [
        ("no URL", "no URL"), ("'postgres://u:p@h/d' is wrong", "'postgres://***' is wrong"),
        ("a://b c://d", "a://*** c://***"), ("://", "://***"),
    ])
    func `a URL is cut off after its scheme`(text: String, expected: String) {
        #expect(withoutURLs(text[...]) == expected)
    }
}

@Suite struct TerminationMessageTests {
    private func report(_ change: (inout Report) -> Void) -> Report {
        var report = Report(
            tool: "apus/1.0.0",
            run: "01J9Z6Q3T8",
            result: .failed,
            code: 3,
            reason: "MigrationFailed",
            retryable: false,
            db: "unchanged",
            target: "db:5432/shop",
            from: ["1"],
            at: ["1"],
            want: "heads",
            direction: .upgrade,
            applied: 0,
            pending: 1,
            revisions: [],
            wait_ms: 1,
            lock_ms: 1,
            ms: 1,
            started: "2026-11-21T03:00:00.000Z",
            finished: "2026-11-21T03:00:01.000Z",
            host: "pod-1",
            hint: "Correct the file."
        )
        change(&report)
        return report
    }

    private static let huge = String(repeating: "é\"\\\u{1}", count: 5000)

    private static let changes: [@Sendable (inout Report) -> Void] = [
        { $0.failed = Report.Failed(message: huge) }, { $0.failed = Report.Failed(message: "x", file: huge) },
        { $0.revisions = (0..<500).map { Report.Step(revision: "\($0)", description: huge, ms: 1) } },
        { $0.backup = Report.Backup(ref: huge, ms: 1) }, { $0.host = huge }, { $0.target = huge },
        { $0.want = huge },
        { $0.from = (0..<900).map { "revision\($0)" } }, { $0.at = [huge] },
        { $0.holder = Report.Holder(pid: 1, app: huge, seconds: 1) }, { $0.tool = huge },
        {
            $0.notifications = (0..<90).map {
                Report.Notification(
                    kind: "json",
                    host: "h\($0)",
                    outcome: "failed",
                    attempts: 4,
                    status: 500,
                    error: huge
                )
            }
        },
    ]

    @Test(arguments: 0..<changes.count)
    func `whatever is huge, the message fits and keeps the verdict`(index: Int) throws {
        let report = report(TerminationMessageTests.changes[index])
        let text = TerminationMessage.text(of: report)
        #expect(text.utf8.count < TerminationMessage.limit)
        #expect(text.contains("\"code\":3") && text.contains("\"reason\":\"MigrationFailed\""))
        #expect(text.hasPrefix("{") && text.hasSuffix("}"))
    }

    @Test func `a message that fits is the report`() {
        let report = report { _ in }
        #expect(TerminationMessage.text(of: report) == encoded(report))
    }

    @Test(arguments: [["run"], ["run", "--migrations", "db"], ["run", "--migrations", ""]])
    func `a plain command line means what the parser makes of it`(words: [String]) throws {
        let parsed = try #require(try Apus.parseAsRoot(words) as? Run)
        let plain = try #require(Run.plainFlags(words))
        #expect(given(plain) == given(parsed.options.flags))
    }

    /// The flags that are set.
    private func given(_ flags: [[String: String?]]) -> [String: String] {
        flags.reduce(into: [:]) { $0.merge($1.compactMapValues { $0 }) { $1 } }
    }

    @Test(arguments: [
        [], ["upgrade"], ["run", "--help"], ["run", "--migrations"], ["run", "--migrations", "--resume"],
        ["run", "--migrations=db"], ["run", "--grace", "1s"],
        ["run", "--migrations", "a", "--migrations", "b"],
    ])
    func `every other command line is left to the parser`(words: [String]) {
        #expect(Run.plainFlags(words) == nil)
    }
}
