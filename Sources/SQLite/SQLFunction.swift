import CSQLite
import Database

/// A function of ours that statements can call ("Application-Defined SQL Functions"). SQLite owns it, and lets it go.
final class SQLFunction {
    private let body: ([Int64]) throws(DatabaseError) -> String?
    private unowned let session: SQLiteSession

    private init(_ session: SQLiteSession, _ body: @escaping ([Int64]) throws(DatabaseError) -> String?) {
        self.session = session
        self.body = body
    }

    /// - Throws: `DatabaseError`.
    static func register(
        _ name: String,
        arguments: Int32,
        in session: SQLiteSession,
        _ body: @escaping ([Int64]) throws(DatabaseError) -> String?
    ) throws(DatabaseError) {
        let context = Unmanaged.passRetained(SQLFunction(session, body)).toOpaque()
        // Direct: no view or trigger of the file may call it.
        let code = sqlite3_create_function_v2(
            session.raw,
            name,
            arguments,
            SQLITE_UTF8 | SQLITE_DIRECTONLY,
            context,
            { context, count, values in
                guard let context, let owner = sqlite3_user_data(context) else { return }
                let arguments = (0..<Int(count)).map { sqlite3_value_int64(values?[$0]) }
                Unmanaged<SQLFunction>.fromOpaque(owner).takeUnretainedValue().call(arguments, context)
            },
            nil,
            nil,
            { owner in if let owner { Unmanaged<SQLFunction>.fromOpaque(owner).release() } }
        )
        guard code == SQLITE_OK else { throw session.failure(code) }
    }

    private func call(_ arguments: [Int64], _ context: OpaquePointer) {
        do throws(DatabaseError) {
            if let result = try body(arguments) { apus_result_text(context, result) }
        } catch {
            session.functionError = error
            sqlite3_result_error(context, error.message, -1)
        }
    }
}
