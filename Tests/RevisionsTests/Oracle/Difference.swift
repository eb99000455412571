import Revisions

/// Where our answer is not Alembic's, on purpose. Each has a row with its reason in `docs/alembic.md`; anything else is
/// a failure.
enum Difference: String, CaseIterable {
    /// `downgrade label@-N` with only a sibling of the branch applied undoes the revision that both stand on.
    case downPastSibling = "down past a sibling"
    /// Alembic ends with an AssertionError, a KeyError or the like; we with an error that says what is wrong, or a plan.
    case noCrash = "no crash"
    /// A revision that stands in two files is an error; Alembic takes the last file.
    case duplicateFiles = "duplicate files"
    /// Every circle is an error; Alembic overlooks one that only further revisions are above of.
    case everyCircle = "every circle"
    /// A beginning that fits an ID and a label of the same revision is not ambiguous.
    case oneRevisionTwoNames = "one revision, two names"
    /// Rows that stand above each other are read as what they say together; Alembic refuses to upgrade from them.
    case overlappingRows = "overlapping rows"
    /// A row that no file has is named before anything else is looked at.
    case unknownRowFirst = "unknown row first"
    /// The dependencies of one revision keep the order they are written in; Alembic's depends on a hash.
    case dependenciesInOrder = "dependencies in order"
    /// The rows are always the maximal elements; Alembic leaves others when a revision depends on what is below it anyway.
    case onlyHeadsAreRows = "only heads are rows"
    /// `downgrade -N` undoes what was applied last where Alembic has several rows, or several parents, to count from.
    case lastAppliedFirst = "last applied first"
    /// `downgrade label@-N` undoes one line; Alembic every line below the label that leaves from where it ends.
    case oneLineOfBranch = "one line of a branch"
    /// The heads of a branch are the same everywhere; Alembic counts `-N` and ranges from those that nothing depends on.
    case headsOfBranch = "heads of a branch"
    /// `downgrade label@head` means the head of the branch; Alembic leaves the label out.
    case branchOfHead = "branch of head"
    /// `stamp label@ab` looks for the beginning of a name on the branch only; Alembic in part among all.
    case branchNarrowsPrefixes = "branch narrows prefixes"
    /// What stands before the "@" must exist, also where it makes no difference.
    case branchExists = "branch exists"
    /// `show rev@-1` and `history -r rev@base:` take any revision for a branch; Alembic labels only.
    case anyRevisionIsBranch = "any revision is a branch"
    /// `rev+N` and the like are understood by every command; Alembic's reading commands and stamp do not know them, and no command
    /// does behind a name with a point.
    case countsEverywhere = "counts everywhere"
    /// `stamp -N` is refused; Alembic does the same, except that from an empty table it counts below the heads.
    case stampCountsFromNames = "stamp counts from names"
    /// `base-N` is too far; Alembic counts from the head.
    case nothingBelowBase = "nothing below base"
    /// A walk past the end is an error, and base is no revision; Alembic's `show` gets nothing, or a word, and crashes.
    case noRevisionPastTheEnd = "no revision past the end"
    /// The `-N` of a range counts from its end; in Alembic from the heads, wherever the range ends.
    case rangesCountFromEnd = "ranges count from their end"
    /// `history -r :current` of an empty database is empty; in Alembic everything.
    case currentOfNothing = "current of nothing"
    /// Targets that stand above each other are one target.
    case overlappingTargets = "overlapping targets"
    /// A stamp moves the rows above and below its targets, and no others.
    case stampsLineOnly = "stamps line only"
    /// A revision is shown once, also when it is below several heads.
    case shownOnce = "shown once"
    /// Of two mistakes, another one may be named.
    case otherMistakeFirst = "other mistake first"

    /// Whether this is why our answer is none of Alembic's.
    func explains(_ question: OracleCase, _ ours: OracleAnswer) -> Bool {
        question.answers.allSatisfy { explains(question, $0, ours) }
    }

    private func explains(_ question: OracleCase, _ theirs: OracleAnswer, _ ours: OracleAnswer) -> Bool {
        switch self {
        case .downPastSibling:
            question.command == .downgrade && question.namesBranch && question.countsFromHere
                && theirs.error == .crash && ours.error == nil
        case .noCrash: theirs.error == .crash
        case .duplicateFiles: ours.error == .files && question.hasDuplicates
        case .everyCircle: ours.error == .files && ours.message?.contains("circle") == true
        case .overlappingRows: !question.isAntichain(question.rows)
        case .unknownRowFirst: ours.error == .unknown && question.hasUnknownRow
        case .dependenciesInOrder: question.hasSeveralDependencies && theirs.hasSameMembers(as: ours)
        case .onlyHeadsAreRows: theirs.hasSameSteps(as: ours)
        case .otherMistakeFirst: question.canHoldTwoMistakes && theirs.error != nil && ours.error != nil
        case .oneRevisionTwoNames: question.hasSharedBeginnings && theirs.error == .unknown
        default: explainsTargets(question, theirs, ours)
        }
    }

    private func explainsTargets(
        _ question: OracleCase,
        _ theirs: OracleAnswer,
        _ ours: OracleAnswer
    ) -> Bool {
        switch (self, question.command) {
        case (.lastAppliedFirst, .downgrade):
            question.countsFromHere
                && (question.rows.count > 1 || theirs.isAmbiguous || theirs.error == .range)
        case (.oneLineOfBranch, .downgrade):
            question.countsFromHere && question.namesBranch && ours.undoesLess(than: theirs)
        case (.headsOfBranch, .resolve), (.headsOfBranch, .history):
            question.namesBranch && question.hasHeadThatIsNeeded
        case (.overlappingTargets, .upgrade):
            question.targets[0].contains("@heads") && theirs.message?.contains("overlaps") == true
        case (.branchOfHead, .downgrade): question.targets[0].contains("@head")
        case (.branchNarrowsPrefixes, .stamp):
            question.namesBranch && !question.counts && theirs.error == .unknown && ours.error == nil
        case (.branchExists, _) where question.namesBranch:
            ours.error == .unknown && theirs.error == nil
        case (.anyRevisionIsBranch, .resolve): question.namesBranch && theirs.revisions == []
        case (.anyRevisionIsBranch, .history): question.startsOnUnlabelledBranch
        case (.shownOnce, .resolve): ours.revisions.map(Set.init) == theirs.revisions.map(Set.init)
        case (.countsEverywhere, .resolve), (.countsEverywhere, .stamp):
            question.counts && theirs.error == .unknown
        case (.countsEverywhere, .upgrade), (.countsEverywhere, .downgrade):
            question.counts && question.targets[0].contains(".") && theirs.error == .unknown
        case (.countsEverywhere, .history):
            question.counts && (theirs.error == .unknown || theirs.error == .walk)
        case (.stampCountsFromNames, .stamp): question.countsFromHere && ours.error == .walk
        case (.nothingBelowBase, _): question.targets.contains { $0.contains("base-") }
        case (.noRevisionPastTheEnd, .resolve):
            theirs.revisions?.contains { $0 == nil || $0 == "base" } == true
        case (.rangesCountFromEnd, .history): question.startsWithCount
        case (.currentOfNothing, .history):
            question.rows.isEmpty && question.targets[0].contains("current")
        case (.overlappingTargets, .stamp): theirs.rows.map { !question.isAntichain($0) } == true
        case (.stampsLineOnly, .stamp): question.keepsMore(ours, than: theirs)
        default: false
        }
    }
}

extension OracleCase {
    fileprivate var countsFromHere: Bool {
        targets.contains { target in
            if case .stepsFromHere = try? RevisionTarget(parsing: target) { true } else { false }
        }
    }

    fileprivate var startsWithCount: Bool {
        if case .stepsFromHere = try? RevisionRange(parsing: targets[0]).start { true } else { false }
    }

    fileprivate var canHoldTwoMistakes: Bool { targets.count > 1 || namesBranch || command == .history }

    /// Whether an ID and a label of one revision begin with the same character.
    fileprivate var hasSharedBeginnings: Bool {
        revisions.contains { listed in listed.labels.contains { $0.first == listed.id.first } }
    }

    fileprivate var startsOnUnlabelledBranch: Bool {
        guard let branch = try? RevisionRange(parsing: targets[0]).start?.branch else { return false }
        return !revisions.contains { $0.labels.contains(branch) }
    }

    /// Whether something depends on a revision that nothing follows.
    fileprivate var hasHeadThatIsNeeded: Bool {
        let followed = Set(revisions.flatMap(\.down))
        let needed = Set(revisions.flatMap(\.deps))
        return revisions.contains { listed in
            !followed.contains(listed.id) && !needed.isDisjoint(with: listed.labels + [listed.id])
        }
    }

    fileprivate var counts: Bool { targets.contains { $0.contains("+") || $0.contains("-") } }

    fileprivate var namesBranch: Bool { targets.contains { $0.contains("@") } }

    fileprivate var hasDuplicates: Bool { Set(revisions.map(\.id)).count < revisions.count }

    fileprivate var hasUnknownRow: Bool { !Set(rows).isSubset(of: revisions.map(\.id)) }

    fileprivate var hasSeveralDependencies: Bool { revisions.contains { $0.deps.count > 1 } }

    fileprivate func keepsMore(_ ours: OracleAnswer, than theirs: OracleAnswer) -> Bool {
        guard let our = ours.rows, let their = theirs.rows else { return false }
        return below(our).isStrictSuperset(of: below(their)) && Set(our).subtracting(their).isSubset(of: rows)
    }
}

extension OracleAnswer {
    fileprivate var isAmbiguous: Bool { error == .walk && message?.contains("Ambiguous walk") == true }

    fileprivate func undoesLess(than other: OracleAnswer) -> Bool {
        guard let steps, let others = other.steps, !steps.isEmpty else { return false }
        return Set(steps.map(\.revision)).isStrictSubset(of: others.map(\.revision))
    }

    fileprivate func hasSameSteps(as other: OracleAnswer) -> Bool {
        guard let steps, let others = other.steps else { return false }
        return !steps.isEmpty && steps.map(\.revision) == others.map(\.revision)
    }

    fileprivate func hasSameMembers(as other: OracleAnswer) -> Bool {
        if let steps, let others = other.steps {
            return Set(steps.map(\.revision)) == Set(others.map(\.revision)) && rows == other.rows
        }
        return revisions.map(Set.init) == other.revisions.map(Set.init) && error == other.error
    }
}
