extension RevisionTarget {
    /// Whether `RevisionGraph.resolve` has to know what is applied: for `current`, and for `+N`.
    package var needsApplied: Bool {
        if case .stepsFromHere(let count, _) = self { return count > 0 }
        return self == .current
    }
}

extension RevisionRange {
    /// Whether `RevisionGraph.history` has to know what is applied. `+N` as the end counts from the start.
    package var needsApplied: Bool { start?.needsApplied == true || end == .current }
}
