/// Tells whether the words read so far of a statement are inside the `BEGIN ATOMIC … END` body of a routine.
///
/// This is the heuristic of psqlscan.l: the statement has to start with CREATE [OR REPLACE] FUNCTION or PROCEDURE, and
/// CASE is counted because it ends with END too. Unlike psql it wants ATOMIC behind BEGIN, so that a column or a routine
/// may be called `begin`.
struct RoutineBody {
    private enum Head {
        case nothing, create, createOr, createOrReplace, routine, anotherStatement
    }

    private var head = Head.nothing
    private var depth = 0
    private var sawBegin = false

    /// Whether a `;` belongs to the body.
    var isOpen: Bool { depth > 0 }

    /// Takes note of the next word of the statement. Inside parentheses CASE and END balance, so they are not counted.
    mutating func read(_ word: ArraySlice<UInt8>, inParentheses: Bool) {
        switch head {
        case .anotherStatement: break
        case .routine: if !inParentheses { readBody(word) }
        default: readHead(word)
        }
    }

    private mutating func readHead(_ word: ArraySlice<UInt8>) {
        switch head {
        case .nothing where word.is("create"): head = .create
        case .create where word.is("or"): head = .createOr
        case .createOr where word.is("replace"): head = .createOrReplace
        case .create where word.is("function") || word.is("procedure"): head = .routine
        case .createOrReplace where word.is("function") || word.is("procedure"): head = .routine
        default: head = .anotherStatement
        }
    }

    private mutating func readBody(_ word: ArraySlice<UInt8>) {
        if sawBegin, word.is("atomic") {
            depth += 1
        } else if isOpen, word.is("case") {
            depth += 1
        } else if isOpen, word.is("end") {
            depth -= 1
        }
        sawBegin = word.is("begin")
    }
}

extension ArraySlice<UInt8> {
    /// Whether this is `keyword`, which is in lower case.
    fileprivate func `is`(_ keyword: String) -> Bool {
        count == keyword.utf8.count && lazy.map(\.lowercased).elementsEqual(keyword.utf8)
    }
}
