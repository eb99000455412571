import ArgumentParser

/// How a command that only reads shows what it found.
enum ReadingFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
