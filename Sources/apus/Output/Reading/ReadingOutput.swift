import Engine
import Glibc

/// Prints what a reading command found: one document, or lines, of which there may be none.
func show(_ entries: [RevisionEntry], as format: ReadingFormat, lines: ([RevisionEntry]) -> [String]) {
    switch format {
    case .json: show([encoded(RevisionDocument(revisions: entries))])
    case .text: show(lines(entries))
    }
}

/// Prints lines. A reader who has seen enough (`| head`) is no error.
func show(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    write(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO)
}

/// Tells a person what standard output does not say.
func remark(_ words: String) { write("apus: \(harmless(words))\n", to: STDERR_FILENO) }
