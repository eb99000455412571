import CSQLite
import Database

/// Owns one prepared statement and finalizes it exactly once.
struct StatementHandle: ~Copyable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }
    deinit { sqlite3_finalize(raw) }

    /// Binds `$1`, `$2`, … wherever they occur.
    func bind(_ parameters: [String?]) {
        for (offset, value) in parameters.enumerated() {
            let index = sqlite3_bind_parameter_index(raw, "$\(offset + 1)")
            guard index > 0, let value else { continue }
            apus_bind_text(raw, index, value)
        }
    }

    /// `SQLITE_ROW`, `SQLITE_DONE` or an error.
    func step() -> Int32 { sqlite3_step(raw) }

    var row: Row {
        (0..<sqlite3_column_count(raw)).map { column in
            sqlite3_column_text(raw, column).map { String(cString: $0) }
        }
    }
}
