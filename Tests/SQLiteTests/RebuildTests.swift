import Database
import Foundation
import SQLite
import Testing

/// The things that Alembic's batch mode loses (observed with Alembic 1.18), and more.
@Suite struct RebuildTests {
    private static let users = """
        CREATE TABLE teams (id INTEGER PRIMARY KEY);
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT COLLATE NOCASE NOT NULL,
            team INTEGER REFERENCES teams (id) ON DELETE CASCADE,
            boss INTEGER REFERENCES users (id),
            age INTEGER CHECK (age > 0),
            label TEXT AS (upper(name)) VIRTUAL,
            size INTEGER GENERATED ALWAYS AS (length(name)) STORED
        );
        CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
        CREATE TABLE log (text);
        CREATE INDEX users_lower ON users (lower(name));
        CREATE UNIQUE INDEX users_adult ON users (name) WHERE age > 17;
        CREATE TRIGGER users_log AFTER UPDATE ON users BEGIN
            INSERT INTO log VALUES ('users: ' || new.name); -- ;
        END;
        CREATE TRIGGER posts_log AFTER INSERT ON posts BEGIN
            INSERT INTO log SELECT name FROM users WHERE id = new.author;
        END;
        CREATE VIEW adults AS SELECT name, label FROM users WHERE age > 17;
        INSERT INTO teams VALUES (1);
        INSERT INTO users (id, name, team, boss, age) VALUES (1, 'Ann', 1, NULL, 40), (7, 'bob', 1, 1, 9), (9, 'x', 1, 1, 1);
        DELETE FROM users WHERE id = 9;
        INSERT INTO posts VALUES (1, 1), (2, 7), (3, 7);
        DELETE FROM log;
        """

    private static let rebuilt = """
        -- migrate:up
        -- age becomes a text, team may not be missing, and there is a nickname
        -- apus:rebuild USERS
        -- apus:column nick = lower(name) || '!'
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT COLLATE NOCASE NOT NULL, -- a comment; stays
            nick TEXT NOT NULL,
            team INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
            boss INTEGER REFERENCES users (id),
            age TEXT CHECK (age > 0),
            label TEXT AS (upper(name)) VIRTUAL,
            size INTEGER GENERATED ALWAYS AS (length(name)) STORED
        );
        """

    @Test func `a rebuilt table keeps its rows and all that belongs to it`() throws {
        try withWorkplace { place in
            try place.migrate(Self.users)
            #expect(try place.run("run").code == 0)
            let schema =
                "SELECT name || sql FROM sqlite_schema WHERE name NOT LIKE '%apus%' AND name <> 'users' ORDER BY name"
            let before = try place.column(schema)
            try place.migrate(Self.rebuilt)
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
            #expect(try place.column(schema) == before)
            let definition = try place.column("SELECT sql FROM sqlite_schema WHERE name = 'users'").first??
                .split(separator: "\n")
            #expect(definition == Self.rebuilt.dropLast().split(separator: "\n").dropFirst(4).map { $0 })
            #expect(
                try place.column(
                    "SELECT id || name || nick || team || age || typeof(age) || label || size FROM users"
                )
                    == ["1Annann!140textANN3", "7bobbob!19textBOB3"]
            )
            // Children are there, AUTOINCREMENT goes on, the rules hold.
            #expect(try place.column("SELECT count(*) FROM posts") == ["3"])
            let session = try place.session()
            try session.execute("PRAGMA foreign_keys = ON")
            try session.execute("INSERT INTO users (name, nick, team, age) VALUES ('new', 'n', 1, 20)")
            #expect(try session.query("SELECT max(id) FROM users") == [["10"]])
            #expect(try session.query("SELECT count(*) FROM users WHERE name = 'ANN'") == [["1"]])
            #expect(throws: DatabaseError.self) { try session.execute("UPDATE users SET age = -1") }
            try session.execute("UPDATE users SET nick = 'y' WHERE id = 7;INSERT INTO posts VALUES (9, 1)")
            #expect(try session.query("SELECT text FROM log") == [["users: bob"], ["Ann"]])
            try session.execute("DELETE FROM teams")
            #expect(
                try session.query("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts)") == [
                    ["0", "0"]
                ]
            )
        }
    }

    @Test func `a rebuild that fails leaves no trace`() throws {
        try withWorkplace { place in
            try place.migrate(Self.users)
            try place.run("run")
            let before = try place.dump()
            let bad = [
                // A NULL where none may be, an index without its column, a view that would break, no CREATE, another table.
                "-- apus:rebuild users\nCREATE TABLE users (id INTEGER PRIMARY KEY, boss INT NOT NULL);":
                    "NOT NULL constraint",
                "-- apus:rebuild users\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);":
                    "restoring the index users_adult",
                "DROP INDEX users_lower; DROP INDEX users_adult; DROP TRIGGER users_log;\n-- apus:rebuild users\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);":
                    "the view adults does not work",
                "-- apus:rebuild users\nCREATE TABLE user (id);": "has to be CREATE TABLE users",
                "-- apus:rebuild nobody\nCREATE TABLE nobody (id);": "there is no such table",
                "-- apus:rebuild users\n-- apus:column nope = 1\nCREATE TABLE users (id INTEGER PRIMARY KEY);":
                    "no column nope",
                "-- apus:rebuild users\nCREATE TABLE users (id INTEGER PRIMARY KEY,);":
                    "_step.sql:2:44: error 42000: near",
            ]
            for (text, reason) in bad {
                try place.write(text, as: 2)
                let failed = try place.run("run")
                #expect(failed.code == 3 && failed.text.contains(reason), "\(text): \(failed.text)")
                #expect(try place.dump() == before)
            }
        }
    }

    @Test func `outside transactions it gets one of its own`() throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE a (x); INSERT INTO a VALUES (1);",
                "-- migrate:up transaction:false\n-- apus:rebuild a\nCREATE TABLE a (x TEXT, y);\nVACUUM;"
            )
            #expect(try place.run("run").code == 0)
            #expect(try place.column("SELECT typeof(x) FROM a") == ["text"])
            try place.migrate(
                "-- migrate:up transaction:false\nPRAGMA foreign_keys = ON;\n-- apus:rebuild a\nCREATE TABLE a (z);"
            )
            let refused = try place.run("run")
            #expect(refused.code == 4 && refused.text.contains("while foreign keys are enforced"))
        }
    }

    @Test func `tables without a rowid, strict ones and odd names`() throws {
        try withWorkplace { place in
            try place.migrate(
                "CREATE TABLE \"odd \"\"name\" (k TEXT PRIMARY KEY, v) WITHOUT ROWID, STRICT;".replacing(
                    ", STRICT",
                    with: ""
                )
                    + "INSERT INTO \"odd \"\"name\" VALUES ('b', 1), ('a', 2); CREATE TABLE plain (x); INSERT INTO plain (rowid, x) VALUES (5, 6);",
                """
                -- apus:rebuild "odd ""name"
                CREATE TABLE "odd ""name" (k TEXT PRIMARY KEY, v INT) STRICT, WITHOUT ROWID;
                -- apus:rebuild plain
                CREATE TABLE plain (x TEXT);
                """
            )
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
            #expect(try place.column("SELECT k || v FROM \"odd \"\"name\"") == ["a2", "b1"])
            #expect(try place.column("SELECT rowid || x FROM plain") == ["56"])
        }
    }

    private static let people = """
        CREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT, age INTEGER);
        CREATE TABLE log (text);
        INSERT INTO people VALUES (1, 'Ann', 40), (2, 'bob', NULL), (3, 'Ann', 7);
        """

    /// Applies each migration to people, expects it refused for the reason beside it, and every row still there.
    private func expectRefusals(after setup: String = "", _ refusals: [String: String]) throws {
        try withWorkplace { place in
            try place.migrate(Self.people + setup)
            #expect(try place.run("run").code == 0)
            let before = try place.dump()
            for (text, reason) in refusals {
                try place.write(text, as: 2)
                let failed = try place.run("run")
                #expect(failed.code == 3 && failed.text.contains(reason), "\(text): \(failed.text)")
                #expect(try place.dump() == before)
            }
        }
    }

    @Test func `a rebuild in which a row would be lost is refused`() throws {
        try expectRefusals([
            "-- apus:rebuild people\nCREATE TABLE people (name TEXT);":
                "its number of rows would go from 3 to 0: no column is in both",
            "-- apus:rebuild people\n-- apus:column age = max(age)\nCREATE TABLE people (id INTEGER PRIMARY KEY, age);":
                "its number of rows would go from 3 to 1: make each expression",
            "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT UNIQUE ON CONFLICT REPLACE);":
                "its number of rows would go from 3 to 2: ",
            "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, age NOT NULL ON CONFLICT IGNORE);":
                "its number of rows would go from 3 to 2: ",
            "-- apus:rebuild people\n-- apus:column age = 1 FROM log --\nCREATE TABLE people (id INTEGER PRIMARY KEY, age);":
                "copying its rows",
        ])
    }

    @Test func `an expression may end with a comment, name the table and ask it`() throws {
        try withWorkplace { place in
            try place.migrate(
                Self.people,
                """
                -- apus:rebuild people
                -- apus:column first = upper(people.first) -- loud
                -- apus:column twins = (SELECT count(*) FROM people AS p WHERE p.first = people.first)
                CREATE TABLE People (id INTEGER PRIMARY KEY, first TEXT, twins INTEGER);
                """
            )
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
            #expect(
                try place.column("SELECT id || first || twins FROM people") == ["1ANN2", "2BOB1", "3ANN2"]
            )
            #expect(try place.column("SELECT name FROM sqlite_schema WHERE name LIKE 'people'") == ["People"])
        }
    }

    @Test func `a trigger that worked and would not any more keeps a rebuild from happening`() throws {
        let rebuild = "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT);"
        let own = """
            CREATE TRIGGER fine AFTER UPDATE ON people BEGIN INSERT INTO log VALUES (new.first); END;
            CREATE TRIGGER aging AFTER UPDATE OF first ON people BEGIN INSERT INTO log VALUES (new.age); END;
            """
        try expectRefusals(after: own, [rebuild: "the trigger aging does not work"])
        let foreign = """
            CREATE VIEW names AS SELECT first FROM people;
            CREATE TRIGGER naming INSTEAD OF INSERT ON names BEGIN INSERT INTO people (age) VALUES (1); END;
            """
        try expectRefusals(after: foreign, [rebuild: "the trigger naming does not work"])
        let deleting = "CREATE TRIGGER forgetting AFTER DELETE ON log BEGIN UPDATE people SET age = 0; END;"
        try expectRefusals(after: deleting, [rebuild: "no such column: age): drop it before"])
    }

    @Test func `a column that is gone is missed where its quoted name would be taken for a string`() throws {
        let rebuild = "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT);"
        try expectRefusals(
            after: "CREATE VIEW ages AS SELECT \"age\" FROM people;",
            [rebuild: "the view ages does not work"]
        )
        try expectRefusals(
            after: "CREATE INDEX aged ON people (\"first\", \"age\");",
            [rebuild: "the index aged names a column that is gone"]
        )
        try expectRefusals(
            after: "CREATE TRIGGER aging DELETE ON log BEGIN UPDATE people SET first = \"age\"; END;",
            [rebuild: "the trigger aging does not work"]
        )
    }

    @Test
    func `a foreign key of another table that would lose what it refers to keeps a rebuild from happening`()
        throws
    {
        let rebuild = "-- apus:rebuild people\nCREATE TABLE people (id INTEGER, first TEXT, age);"
        try expectRefusals(
            after: "CREATE TABLE pets (owner REFERENCES people (id) ON DELETE CASCADE);",
            [
                rebuild:
                    "a foreign key of pets refers to columns that have no unique index in the new definition"
            ]
        )
        try withWorkplace { place in
            try place.migrate(
                Self.people + "CREATE TABLE pets (owner REFERENCES people (first));",
                "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT);",
                "-- apus:rebuild pets\nCREATE TABLE pets (owner REFERENCES people (age));"
            )
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
        }
    }

    @Test func `a trigger that did not work before is no reason`() throws {
        try withWorkplace { place in
            try place.migrate(
                Self.people
                    + "CREATE TRIGGER odd AFTER INSERT ON log BEGIN INSERT INTO nowhere VALUES (1); END;",
                "-- apus:rebuild people\nCREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT);"
            )
            let ran = try place.run("run")
            #expect(ran.code == 0, "\(ran.text)")
        }
    }

    @Test func `a directive of which nothing would come ends a run before its first statement`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);", "SELECT 1;\n  -- apus:rebuld a\nCREATE TABLE a (x, y);")
            let refused = try place.run("run")
            #expect(refused.code == 65 && refused.text.contains("0002_step.sql:2:3"), "\(refused.text)")
            #expect(try place.column("SELECT 1 FROM sqlite_schema WHERE name = 'a'").isEmpty)
        }
    }
}
