import Engine
import Glibc

/// Prints what a reading command found: one document, or lines, of which there may be none.
func show(_ entries: [RevisionEntry], as format: ReadingFormat, lines: ([RevisionEntry]) -> [String]) {
    switch format {
    case .json: show([encoded(RevisionDocument(revisions: entries))])
    case .text: show(lines(entries))
    }
}

/// Prints lines, or ends the process where they cannot be written: half an answer is none. A reader who has seen enough
/// (`| head`) is no error.
func show(_ lines: [String]) {
    guard !lines.isEmpty, !write(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO) else { return }
    let reason = errno
    guard reason != EPIPE else { return }
    unsafe remark("standard output cannot be written: \(String(cString: strerror(reason)))")
    Apus.leave(Engine.ExitCode.error.rawValue)
}

/// Tells a person what standard output does not say.
func remark(_ words: String) { write("apus: \(harmless(words))\n", to: STDERR_FILENO) }
