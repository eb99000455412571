extension Configuration {
    /// Variables that nobody reads, and that have nearly the name of one that somebody reads: a backup, say, that is asked for and
    /// not made. Others may be anybody's: Kubernetes gives every container some for a Service that is called `apus`.
    var misspellings: [String] {
        let known = knownVariables
        let unknown = variables.filter { $0.hasPrefix("APUS_") }.subtracting(known)
        return unknown.sorted().compactMap { name in
            let meant = known.map { (name: $0, distance: distance(from: name, to: $0)) }.min {
                ($0.distance, $0.name) < ($1.distance, $1.name)
            }
            // Of a short name, two other letters make another word.
            guard let meant, meant.distance <= min(2, (name.count - "APUS_".count) / 3) else { return nil }
            return "\(name) is no setting, and nobody reads it; there is \(meant.name)"
        }
    }

    /// Those that are read.
    var knownVariables: Set<String> {
        let names = ConfigurationFile.names.union(["config", "dry-run", "resume", "yes"])
        let files = ["database-url", "database-password", "notify-url", "notify-secret"].map { "\($0)-file" }
        return Set(names.union(files).map(variableName)).union([TerminationMessage.variable])
    }
}

/// How many letters must be put in, taken away or changed to make one word of the other (Levenshtein).
private func distance(from one: String, to other: String) -> Int {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    var row = Array(0...other.count)
    for (line, letter) in one.enumerated() {
        var diagonal = line
        row[0] = line + 1
        for place in other.indices {
            let changed = diagonal + (letter == other[place] ? 0 : 1)
            diagonal = row[place + 1]
            row[place + 1] = min(changed, diagonal + 1, row[place] + 1)
        }
    }
    return row[other.count]
}
