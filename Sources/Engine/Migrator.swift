import Database
import Ledgers
import Revisions
import Scripts
package import Waiting

/// Does the whole job: one sequence over one session, on the calling thread.
package final class Migrator {
    let settings: Settings
    let interruption: Interruption
    let deadline: Deadline
    private let observe: (Event) -> Void
    private(set) var journal: Journal
    /// What was read last stays as long as this does.
    var reading: Reading?

    /// - Parameter observe: Told everything that happens, as it happens, on the same thread.
    package init(_ settings: Settings, interruption: Interruption, observe: @escaping (Event) -> Void) {
        self.settings = settings
        self.interruption = interruption
        self.observe = observe
        deadline = settings.deadline.map { .after($0) } ?? .never
        journal = Journal(settings)
    }

    /// Brings the database to the target. Whatever happens, there is a report of it.
    package func run() -> Report {
        var failure: Failure?
        do throws(Failure) {
            try migrate()
        } catch {
            failure = error
            tell(.failed(error))
        }
        let report = journal.report(failure)
        tell(.finished(report))
        return report
    }

    private func migrate() throws(Failure) {
        let reading = Reading(settings.migrations)
        let session = try connect(during: reading)
        let outline = try outline(session)
        let migrations = try migrations(from: reading)
        if try isUpToDate(outline.contents(in: migrations.graph), migrations) { return }
        try withLock(on: session) { (lock) throws(Failure) in
            try awaitOrphans(of: lock)
            let contents = try readLedger(of: migrations, under: lock)
            try checkIntegrity(of: migrations, against: contents)
            try checkNobodyElseMigrates(contents, on: lock.session)
            let plan = try makePlan(migrations, contents)
            tell(plan, migrations, contents)
            guard !plan.isEmpty else { return try checkNothingIsRefused(contents, migrations) }
            let steps = try prepare(plan, migrations, contents, in: session.server.product.dialect)
            guard !settings.isDryRun else { return try rehearse(steps, under: lock) }
            try confirm(plan, contents)
            try recorded(plan, migrations, contents, under: lock) { () throws(Failure) in
                try backUp(plan, migrations, contents, under: lock)
                try apply(steps, contents, under: lock)
                try verify(plan, migrations, under: lock)
            }
        }
    }

    /// Runs `body`, tells of its failure, and gives the code to end with.
    package func attempt(_ body: () throws(Failure) -> Void) -> ExitCode {
        do throws(Failure) {
            try body()
            return .ok
        } catch {
            tell(.failed(error))
            return error.exitCode
        }
    }

    /// Where the database is when the run ends early.
    func noteHeads(_ heads: [Revision.ID]) { journal.at = heads }

    /// Where the database was.
    func noteFrom(_ heads: [Revision.ID]) { journal.from = heads }

    /// A statement outside a transaction is committed, and others of its migration are not yet.
    func noteHalfDone() { journal.isHalfDone = true }

    func tell(_ event: Event) {
        journal.note(event)
        observe(event)
    }

    /// Ends the run here when somebody asked for it.
    func checkpoint() throws(Failure) {
        if let signal = interruption.signal { throw .interrupted(signal: signal) }
    }
}
