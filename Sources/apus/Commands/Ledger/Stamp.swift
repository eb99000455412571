import ArgumentParser
import Engine
import Revisions

/// Tells the ledger what is applied.
struct Stamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Say where the database is, without applying anything.",
        discussion: "What is below a target counts as applied, what is above it does not."
    )

    @Argument(
        help:
            "heads, base, revisions or the beginnings of some, label@head, label@base; with --sql also a range, a:b.",
        completion: .revisions(and: "heads", "base"),
        transform: TargetArgument.argument
    )
    var targets: [TargetArgument]

    @Flag(help: "Forget everything first, also revisions that no file has.")
    var purge = false

    @Flag(help: "Print a script instead, for a database at base or at the start of the range.")
    var sql = false

    @OptionGroup var options: LedgerOptions

    func validate() throws {
        if sql, purge { throw ValidationError("--purge needs the database; --sql does not look at one") }
    }

    func run() throws {
        guard !sql else { return try script() }
        let targets = try targets.map { try $0.single }
        try withMigrator(options) { (migrator) throws(Failure) in try migrator.stamp(targets, purge: purge) }
    }

    private func script() throws {
        var start: RevisionTarget?
        var ends: [RevisionTarget] = []
        for target in targets {
            switch target {
            case .target(let target): ends.append(target)
            case .range(let range) where start == nil || start == range.start:
                start = range.start
                ends.append(range.end ?? .heads)
            case .range: throw ValidationError("a database has one start: the ranges begin differently")
            }
        }
        try printScript(options.flags) { (migrator, product) throws(Failure) in
            try migrator.stampScript(from: start ?? .base, ends, for: product)
        }
    }
}
