import Engine
import Glibc

/// Prints what a reading command found: one document, or lines, of which there may be none.
func show(_ entries: [RevisionEntry], as format: ReadingFormat, lines: ([RevisionEntry]) -> [String]) {
    switch format {
    case .json: show([encoded(RevisionDocument(revisions: entries))])
    case .text: show(lines(entries))
    }
}

/// Prints lines, of which there may be none.
func show(_ lines: [String]) {
    if !lines.isEmpty { put(lines.joined(separator: "\n") + "\n") }
}

/// Prints a text as it is, or ends the process where it cannot be written: half an answer is none. A reader who has seen enough
/// (`| head`) is no error.
func put(_ text: String) {
    guard !write(text, to: STDOUT_FILENO) else { return }
    let reason = errno
    guard reason != EPIPE else { return }
    unsafe remark("standard output cannot be written: \(String(cString: strerror(reason)))")
    Apus.leave(Engine.ExitCode.error.rawValue)
}

/// Tells a person what standard output does not say.
func remark(_ words: String) { write("apus: \(harmless(words))\n", to: STDERR_FILENO) }
