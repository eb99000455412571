import CSQLite
import Database
import Waiting

/// How long a statement may take, how long it waits for others, and why it was given up.
///
/// SQLite asks it every few thousand steps of its machine (`sqlite3_progress_handler`) and whenever somebody else has the
/// lock it needs (`sqlite3_busy_handler`). SQLite keeps a plain pointer to it, so its owner must outlive the connection.
final class Patience {
    /// For what is no part of a migration: as long as an attempt to connect may take.
    static let standard = Limits(lock: .seconds(5), statement: nil)

    var isInterruptible = true
    /// What a migration has been given.
    var limits = standard

    private let interruption: Interruption
    private var current = standard
    private var statementDeadline = Deadline.never
    private var lockDeadline = Deadline.never
    private var backoff = Backoff(first: .milliseconds(1), cap: .milliseconds(50))
    private(set) var reason: DatabaseError?

    init(_ interruption: Interruption) { self.interruption = interruption }

    func attach(to connection: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            connection,
            4000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            },
            context
        )
        sqlite3_busy_handler(
            connection,
            { context, count in
                guard let context else { return 0 }
                let patience = Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue()
                return patience.waitsAgain(isFirst: count == 0) ? 1 : 0
            },
            context
        )
    }

    /// A statement begins.
    func begin(isMigration: Bool) {
        current = isMigration ? limits : Self.standard
        if current.lock == .zero { current.lock = Self.standard.lock }
        statementDeadline = current.statement.map { $0 == .zero ? .never : .after($0) } ?? .never
        reason = nil
    }

    private var heeded: Interruption { isInterruptible ? interruption : .none }

    private var isOver: Bool {
        if heeded.isRequested {
            reason = DatabaseError(.interrupted, "the statement was cancelled")
        } else if statementDeadline.hasPassed {
            reason = DatabaseError(.server(.queryCanceled), "the statement did not end within its timeout")
        }
        return reason != nil
    }

    /// Whether to try for the lock again, after a pause.
    private func waitsAgain(isFirst: Bool) -> Bool {
        if isFirst {
            lockDeadline = .after(current.lock)
            backoff = Backoff(first: .milliseconds(1), cap: .milliseconds(50))
        }
        guard !isOver, !lockDeadline.hasPassed else { return false }
        if !pause(for: min(backoff.pause(), lockDeadline.remaining), or: heeded) { return !isOver }
        return true
    }
}
