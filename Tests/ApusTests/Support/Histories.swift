/// A migration with a header.
func migration(
    _ id: String,
    after parents: String...,
    title: String = "",
    lines: String...,
    sql: String = "SELECT 1;"
) -> String {
    let header =
        ["-- \(title.isEmpty ? "Step \(id)" : title)", "--", "-- Revision ID: \(id)"]
        + ["-- Revises: \(parents.joined(separator: ", "))"] + lines.map { "-- \($0)" }
    return (header + ["", "-- migrate:up", sql, ""]).joined(separator: "\n")
}

/// Two branches that part after `base1` and come together in `merge`, and a root of its own that depends on one of them.
let branchedHistory = [
    "1.sql": migration("base1", title: "The beginning"),
    "2.sql": migration("left1", after: "base1"),
    "3.sql": migration("right1", after: "base1", lines: "Branch Labels: shop"),
    "4.sql": migration("merge", after: "left1", "right1", sql: "SELECT 1;\n-- migrate:down\nSELECT 2;"),
    "5.sql": migration("other1", lines: "Depends On: left1"),
]
