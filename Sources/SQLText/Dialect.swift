/// Whose lexical rules a script follows.
package enum Dialect: Sendable, Hashable {
    /// Those of psql (psqlscan.l).
    case postgreSQL
    /// Those of SQLite (tokenize.c), and of `sqlite3_complete` for where a trigger ends.
    case sqlite
}
