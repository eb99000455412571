import ApusMigrations
import Database
import Foundation
import Synchronization
import TestSupport
import Testing

private let two = ["1_a.sql": "CREATE TABLE a (x int);", "2_b_and_c.sql": "CREATE TABLE b (x int);"]

@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct MigrationsTests {
    @Test(arguments: Kind.allCases)
    func `an upgrade applies what is pending, and the next one finds nothing`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            let first = try place.migrations.upgrade()
            #expect(first.applied.map(\.revision) == ["1", "2"])
            #expect(first.applied.map(\.title) == ["a", "b and c"])
            #expect(first.from == [] && first.at == ["2"])
            let second = try place.migrations.upgrade()
            #expect(second.applied == [] && second.at == ["2"] && second.run != first.run)
        }
    }

    @Test(arguments: Kind.allCases) func `an upgrade goes as far as its target`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            let first = try place.migrations.upgrade(to: "1")
            let second = try place.migrations.upgrade(to: "+1")
            #expect(first.at == ["1"] && second.at == ["2"])
        }
    }

    @Test(arguments: Kind.allCases) func `the status tells what an upgrade would do`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            try place.migrations.upgrade(to: "1")
            let before = try place.migrations.status()
            #expect(before.current == ["1"] && before.heads == ["2"] && before.pending == ["2"])
            #expect(!before.isCurrent)
            try place.migrations.upgrade()
            let after = try place.migrations.status()
            #expect(after.current == ["2"] && after.pending == [] && after.isCurrent)
            #expect(!after.database.contains("@"))
        }
    }

    @Test func `the status of an empty database has everything pending`() throws {
        try withPlace(.postgres, two) { place in
            let status = try place.migrations.status()
            #expect(status.current == [] && status.pending == ["1", "2"] && !status.isCurrent)
        }
    }

    @Test func `the status does not make a database file`() throws {
        try withPlace(.sqlite, two) { place in
            let error = #expect(throws: MigrationError.self) { try place.migrations.status() }
            #expect(error?.name == "DatabaseUnavailable" && error?.isRetryable == true)
            #expect(!place.folder.has("app.db"))
        }
    }

    @Test(arguments: Kind.allCases) func `events tell the steps in order`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            var told: [String] = []
            try place.migrations.upgrade { event in
                switch event {
                case .planned(let steps): told.append("planned \(steps.joined(separator: " "))")
                case .applying(let revision, let title): told.append("applying \(revision) \(title)")
                case .applied(let revision, _, _): told.append("applied \(revision)")
                default: break
                }
            }
            #expect(
                told == [
                    "planned 1 2", "applying 1 a", "applied 1", "applying 2 b and c", "applied 2",
                ]
            )
        }
    }

    @Test(arguments: Kind.allCases)
    func `of two threads one applies, and the other finds it done`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            let outcomes = Mutex<[Outcome]>([])
            DispatchQueue.concurrentPerform(iterations: 2) { _ in
                guard let outcome = try? place.migrations.upgrade() else { return }
                outcomes.withLock { $0.append(outcome) }
            }
            let applied = outcomes.withLock { $0.map(\.applied.count) }
            #expect(applied.sorted() == [0, 2])
        }
    }

    @Test(arguments: Kind.allCases)
    func `an interruption from another thread ends the statement that runs`(kind: Kind) throws {
        try withPlace(kind, ["1_a.sql": "CREATE TABLE a (x int);", "2_b.sql": kind.endless]) { place in
            let interruption = Interruption()
            let error = #expect(throws: MigrationError.self) {
                try place.migrations.upgrade(interruption: interruption) { event in
                    guard case .applying("2", _) = event else { return }
                    DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { interruption.request() }
                }
            }
            #expect(error?.name == "Terminated" && error?.isRetryable == true)
            #expect(error?.message.hasPrefix("interrupted") == true)
            let status = try place.migrations.status()
            #expect(status.current == ["1"])
        }
    }

    @Test(arguments: Kind.allCases)
    func `an interruption that was asked for before lets nothing begin`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            let interruption = Interruption()
            interruption.request()
            let error = #expect(throws: MigrationError.self) {
                try place.migrations.upgrade(interruption: interruption)
            }
            #expect(error?.exitCode == 143)
            let next = try place.migrations.upgrade()
            #expect(next.applied.count == 2)
        }
    }

    @Test(arguments: Kind.allCases)
    func `what these files do not know yet is an error, unless it is allowed`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            try place.migrations.upgrade()
            place.folder.removeFile("migrations/2_b_and_c.sql")
            var old = place.migrations
            #expect(try old.status().findings.map(\.kind) == [.ahead])
            #expect(try old.status().isCurrent == false)
            let error = #expect(throws: MigrationError.self) { try old.upgrade() }
            #expect(error?.name == "DatabaseAhead")
            old.allowsAhead = true
            #expect(try old.upgrade().applied == [])
            #expect(try old.status().isCurrent)
        }
    }

    @Test(arguments: Kind.allCases) func `an edited file is found`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            try place.migrations.upgrade()
            try place.write(["1_a.sql": "CREATE TABLE a (y int);"])
            let finding = try #require(try place.migrations.status().findings.first)
            #expect(finding.kind == .edited && finding.revision == "1")
            #expect(finding.description.contains("1_a.sql"))
            let error = #expect(throws: MigrationError.self) { try place.migrations.upgrade() }
            #expect(error?.name == "IntegrityViolated" && error?.exitCode == 7)
        }
    }

    @Test(arguments: Kind.allCases) func `Alembic's table can be the ledger`(kind: Kind) throws {
        try withPlace(kind, two) { place in
            var migrations = place.migrations
            migrations.ledger = .alembic()
            try migrations.upgrade()
            #expect(try migrations.status().isCurrent)
            let other = #expect(throws: MigrationError.self) { try place.migrations.status() }
            #expect(other?.exitCode == 78)
            #expect(throws: MigrationError.self) { try place.migrations.upgrade() }
        }
    }

    @Test func `the ledger and the tables go where they are told`() throws {
        try withPlace(.postgres, two) { place in
            try place.write(["1_a.sql": "CREATE TABLE a (x int); CREATE TABLE public.seen ();"])
            let session = try TestDatabase.session(place.url)
            try session.execute("CREATE SCHEMA app; CREATE SCHEMA ledger")
            var migrations = place.migrations
            (migrations.searchPath, migrations.ledgerSchema) = ("app", "ledger")
            try migrations.upgrade()
            let names = "to_regclass('app.a') IS NOT NULL AND to_regclass('ledger.apus_revision') IS NOT NULL"
            #expect(try session.query("SELECT \(names)") == [["t"]])
        }
    }
}
