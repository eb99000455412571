/// How a list of statements deals with transactions.
package enum TransactionWrapping: Sendable, Hashable {
    /// It leaves them to the runner. Savepoints may occur.
    case none
    /// It brings one transaction around everything: `begin`, then `body`, then a COMMIT.
    case wrapped(begin: Statement, body: [Statement])
    /// It controls transactions in another way, first by this statement.
    case scattered(Statement)

    /// Looks at all statements of one section.
    package init(of statements: [Statement]) {
        guard let first = statements.first(where: \.kind.controlsTransaction) else {
            self = .none
            return
        }
        guard statements.count > 1, statements.first?.kind == .begin, statements.last?.kind == .commit else {
            self = .scattered(first)
            return
        }
        let body = statements.dropFirst().dropLast()
        if let offender = body.first(where: \.kind.controlsTransaction) {
            self = .scattered(offender)
        } else {
            self = .wrapped(begin: first, body: Array(body))
        }
    }
}

extension StatementKind {
    fileprivate var controlsTransaction: Bool {
        switch self {
        case .begin, .commit, .rollback, .otherTransactionControl: true
        default: false
        }
    }
}
