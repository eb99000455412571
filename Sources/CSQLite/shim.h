#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift does not import: SQLite copies the text before the call returns.
static inline int apus_bind_text(sqlite3_stmt *statement, int index, const char *text) {
    return sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

static inline void apus_result_text(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

// sqlite3_db_config takes a variable number of arguments, which Swift does not import: whether "a" may stand for 'a' when
// there is no column a. Returns whether it could before.
static inline int apus_allow_quoted_strings(sqlite3 *database, int allowed) {
    int before = 0;
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, -1, &before);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, allowed, (int *)0);
    return before;
}
