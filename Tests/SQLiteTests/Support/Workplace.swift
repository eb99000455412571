import Database
import Foundation
import SQLite
import Waiting

/// A folder of one test's own, with a database file and migrations.
struct Workplace {
    let folder: String
    var database: String { "\(folder)/app.db" }
    var url: String { "sqlite:///\(database)" }
    var migrations: String { "\(folder)/migrations" }

    /// Writes migrations `0001.sql`, `0002.sql`, … in this order, after those that are there.
    func migrate(_ texts: String...) throws {
        let present = try FileManager.default.contentsOfDirectory(atPath: migrations).count
        for (index, text) in texts.enumerated() { try write(text, as: present + index + 1) }
    }

    func write(_ text: String, as number: Int) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(migrations)/000\(number)_step.sql"))
    }

    func session(_ interruption: Interruption = .none, as name: String = "test") throws -> SQLiteSession {
        try SQLiteSession.open(DatabaseFile(path: database), as: name, interruption: interruption)
    }

    /// The first cell of each row.
    func column(_ sql: String) throws -> [String?] {
        let session = try session()
        return try session.query(sql).map { $0[0] }
    }

    /// Every object and every row that is not the ledger's.
    func dump() throws -> [String] {
        let session = try session()
        let objects = try session.query(
            "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'apus%' ORDER BY type, name"
        )
        var lines = objects.map { $0.map { $0 ?? "NULL" }.joined(separator: "|") }
        for object in objects where object[0] == "table" {
            let rows = try session.query("SELECT * FROM \(session.identifier(object[1] ?? ""))")
            lines += rows.map { "\(object[1] ?? ""): \($0.map { $0 ?? "NULL" }.joined(separator: "|"))" }
        }
        return lines
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }
}

/// Runs `body` in a folder that is removed afterwards.
func withWorkplace<R>(_ body: (Workplace) throws -> R) throws -> R {
    let folder = "\(NSTemporaryDirectory())apus-sqlite-\(UInt64.random(in: 0...UInt64.max))"
    let place = Workplace(folder: folder.replacing("//", with: "/"))
    try FileManager.default.createDirectory(atPath: place.migrations, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(place)
}
