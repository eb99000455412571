import CLibPQ
import Database

/// Owns one `PGresult` and clears it exactly once.
struct ResultHandle: ~Copyable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }
    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }

    var rows: [Row] {
        (0..<PQntuples(raw)).map { row in
            (0..<PQnfields(raw)).map { column in
                guard PQgetisnull(raw, row, column) == 0 else { return nil }
                return PQgetvalue(raw, row, column).map { String(cString: $0) }
            }
        }
    }

    /// What the server refused, or nil when this is no error.
    var error: DatabaseError? {
        guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
        guard let code = field("C") else {
            return DatabaseError(.connectionLost, text(PQresultErrorMessage(raw)))
        }
        return DatabaseError(
            .server(SQLState(rawValue: code)),
            field("M") ?? "the server gave no message",
            detail: field("D"),
            hint: field("H"),
            context: field("W"),
            position: field("P").flatMap { Int($0) }
        )
    }

    private func field(_ code: Unicode.Scalar) -> String? {
        apus_error_field(raw, CChar(truncatingIfNeeded: code.value)).map { String(cString: $0) }
    }
}

/// The text of a message of libpq, without the line ends around it.
func text(_ message: UnsafePointer<CChar>?) -> String {
    guard let message else { return "" }
    var text = String(cString: message)[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}
