import Database
import Engine
import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// Passwords and other secrets: where they come from, and that they go nowhere.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct SecretTests {
    /// Everything that a user may choose and that has a meaning in a URL, in JSON, in SQL or in a password file.
    private static let password = #"p@:/%s"w'o\rd?#&é x"#

    /// A login of its own with that password, and its URL with and without it.
    private func withLogin(_ body: (Trial, _ bare: String, _ full: String) async throws -> Void) async throws
    {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let role = "\(trial.database.name)_login"
            try trial.execute(
                "CREATE ROLE \(role) LOGIN PASSWORD \(Quoting.quoted(SecretTests.password, "'")); GRANT CREATE ON SCHEMA public TO \(role)"
            )
            defer { try? trial.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            let place = "127.0.0.1:\(Trial.serverPort)/\(trial.database.name)"
            let encoded =
                SecretTests.password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            try await body(trial, "postgres://\(role)@\(place)", "postgres://\(role):\(encoded)@\(place)")
        }
    }

    private func expectNothingShown(_ ended: Ended, _ trial: Trial, _ secrets: [String]) throws {
        let record =
            try trial.exists("apus_run")
            ? trial.value("SELECT string_agg(r::text, ' ') FROM apus_run r") ?? "" : ""
        let report = (try? trial.folder.text(of: "report.json")) ?? ""
        for secret in secrets {
            let inJSON = String(encodedJSON(secret).dropFirst().dropLast())
            for place in [ended.output, ended.errors, record, report] {
                #expect(!place.contains(secret) && !place.contains(inJSON), "\(place)")
            }
        }
    }

    private func encodedJSON(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    @Test func `a password of strange characters works in a URL, a variable and a file, and is never shown`()
        async throws
    {
        try await withLogin { trial, bare, full in
            let file = try trial.folder.write(SecretTests.password + "\r\n", to: "password", mode: 0o440)
            let shout =
                "DO $$ BEGIN RAISE NOTICE '%', '\(SecretTests.password.replacing("'", with: "''"))'; END $$;"
            let quoted = full.split(separator: ":")[2].split(separator: "@")[0]
            for environment: [String: String?] in [
                ["APUS_DATABASE_URL": full], ["APUS_DATABASE_URL": nil, "DATABASE_URL": full],
                ["APUS_DATABASE_URL": bare, "APUS_DATABASE_PASSWORD": SecretTests.password],
                ["APUS_DATABASE_URL": bare, "APUS_DATABASE_PASSWORD_FILE": file],
                ["APUS_DATABASE_URL": bare, "PGPASSWORD": SecretTests.password],
            ] {
                let number = trial.folder.names(in: "migrations").count + 1
                try trial.write(["\(number)_x.sql": shout])
                for format in ["json", "text"] {
                    let ended = try await trial.run(
                        "--log-format",
                        format,
                        environment: environment,
                        endingWith: 0
                    )
                    try expectNothingShown(ended, trial, [SecretTests.password, String(quoted)])
                }
            }
        }
    }

    @Test(arguments: ["text", "json"])
    func `errors show no secret either`(format: String) async throws {
        try await withTrial(["1_a.sql": "SELECT nosuch;"]) { trial in
            let secret = "s3cr3t/with:odd%zz@signs"
            for url in [
                "postgres://u:\(secret)@127.0.0.1:1/d", "postgres://u:s3cr3t%40x@127.0.0.1:1/d",
                "postgres://u:s3cr3t@127.0.0.1:99999/d", "postgres://u:s3cr3t@nosuch.invalid/d",
                "postgres://u:s3cr3t@127.0.0.1:\(Trial.serverPort)/d", "mysql://u:s3cr3t@db/d",
                "u:s3cr3t@db/d",
                "postgres://u:s3cr3t@127.0.0.1/d?nosuch=1",
                "host=127.0.0.1 port=1 user=u password=s3cr3t dbname=d",
                "host=127.0.0.1 password='s3cr3t", "postgres://127.0.0.1:1/d?user=u&password=s3cr3t",
            ] {
                let ended = try await trial.run(
                    "--log-format",
                    format,
                    "--wait-timeout",
                    "100ms",
                    "--grace",
                    "0s",
                    environment: ["APUS_DATABASE_URL": url]
                )
                #expect([69, 77, 78].contains(ended.code), ended.said)
                try expectNothingShown(ended, trial, ["s3cr3t"])
            }
        }
    }

    @Test func `a command line that is wrong is not repeated with its secrets`() async throws {
        try await withTrial { trial in
            for arguments in [
                ["postgres://u:s3cr3t@db/d"], ["upgrade", "postgres://u:s3cr3t@db/d"],
                ["upgrade", "head", "postgres://u:s3cr3t@db/d"],
                ["run", "--database-ulr=postgres://u:s3cr3t@db/d"],
                ["explain", "postgres://u:s3cr3t@db/d"], ["run", "postgres://u:s3c@r3t@db/d"],
            ] {
                let ended = try await trial.start(arguments, environment: [:], in: nil).end()
                #expect([64, 66].contains(ended.code), ended.said)
                #expect(!(ended.output + ended.errors).contains("s3c"), ended.said)
                #expect(!(ended.output + ended.errors).contains("r3t"), ended.said)
            }
        }
    }

    @Test func `a secret that is set twice, empty or unreadable ends with 78 and says why`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let file = try trial.folder.write("x\n", to: "secret")
            let empty = try trial.folder.write("\n", to: "empty")
            let folder = trial.folder.makeFolder("folder")
            for (environment, words) in [
                (["APUS_DATABASE_PASSWORD": "x", "APUS_DATABASE_PASSWORD_FILE": file], "are both set"),
                (["APUS_DATABASE_URL_FILE": file], "are both set"),
                (["APUS_NOTIFY_URL": "x", "APUS_NOTIFY_URL_FILE": file], "are both set"),
                (
                    ["APUS_DATABASE_PASSWORD_FILE": "/no/such/file"],
                    "/no/such/file cannot be read: No such file"
                ),
                (["APUS_DATABASE_PASSWORD_FILE": empty], "is empty"),
                (
                    ["APUS_DATABASE_PASSWORD_FILE": folder],
                    "\(folder) cannot be read: Is a directory (owner 0, mode 755"
                ),
            ] as [([String: String?], String)] {
                let ended = try await trial.run(environment: environment, endingWith: 78)
                #expect((ended.output + ended.errors).contains(words), ended.said)
            }
        }
    }

    @Test(.enabled(if: getuid() == 0))
    func `a secret that another user may read is named with owner and mode`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            let file = try trial.folder.write("x\n", to: "secret", mode: 0o600)
            chmod("\(trial.folder.path)/tmp", 0o777)
            let program = try Program(
                [
                    "/usr/bin/setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", Trial.program,
                    "run",
                    "--migrations", trial.migrations,
                ],
                environment: [
                    "APUS_DATABASE_URL": trial.database.url, "APUS_DATABASE_PASSWORD_FILE": file,
                    "LD_LIBRARY_PATH": environment("LD_LIBRARY_PATH") ?? "",
                ],
                output: "\(trial.folder.path)/other"
            )
            let ending = try await program.end()
            let said = program.standardOutput + program.standardError
            #expect(ending == .exited(78), "\(said)")
            #expect(
                said.contains(
                    "\(file) cannot be read: Permission denied (owner 0, mode 600, Apus runs as 12345)"
                ),
                "\(said)"
            )
        }
    }

    @Test
    func
        `a secret given by a variable is not on the command line, and none is in the environment of children`()
        async throws
    {
        try await withTrial(["1_a.sql": Trial.gate]) { trial in
            try trial.closeGate()
            let run = try trial.start("run")
            try await trial.work(on: "gate")
            let line = try contents(of: "/proc/\(run.program.pid)/cmdline")
            let password = try #require(URL(string: trial.database.url)?.password)
            #expect(line.contains("run") && !line.contains(password))
            let shown = try trial.value(
                "SELECT string_agg(application_name, ' ') FROM pg_stat_activity WHERE datname = current_database()"
            )
            #expect(shown?.contains(password) == false)
            try trial.openGate()
            try await run.end(endingWith: 0)
        }
    }

    @Test func `a file .env is read by people's commands, and not by the container job`() async throws {
        try await withTrial(["1_a.sql": "CREATE TABLE a ();"]) { trial in
            try trial.folder.write(
                "# a comment\nexport DATABASE_URL=\"\(trial.database.url)\"\n",
                to: "work/.env"
            )
            let bare: [String: String?] = ["APUS_DATABASE_URL": nil]
            let work = "\(trial.folder.path)/work"
            try await trial.apus("run", environment: bare, in: work, endingWith: 78)
            try await trial.apus("upgrade", environment: bare, in: work, endingWith: 0)
            try await trial.apus("status", "--exit-code", environment: bare, in: work, endingWith: 0)
        }
    }
}
