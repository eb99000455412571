import Testing

/// The commands that only read, on files.
@Suite struct ReadingTests {
    @Test func `a file that is not there cannot be asked, and is not made`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);")
            for command in ["check", "current"] { #expect(try place.run(command).code == 69) }
            #expect(!place.exists("app.db"))
        }
    }

    @Test func `current and check follow what is applied, and change nothing`() throws {
        try withWorkplace { place in
            try place.migrate("CREATE TABLE a (x);", "CREATE TABLE b (x);")
            try place.run("upgrade", "0001")
            let before = try place.column("SELECT revision || applied_at FROM apus_revision")
            let pending = try place.run("check")
            #expect(pending.code == 9)
            #expect(pending.text.hasSuffix("app.db is at 0001: 1 revision pending: 0002\n"))
            let current = try place.run("current")
            #expect(current.code == 0 && current.text == "0001\n")
            #expect(try place.run("current", "--check-heads").code == 9)
            #expect(
                try place.run("history", "-i").text
                    == "0001 -> 0002 (head), step\n<base> -> 0001 (current), step\n"
            )
            #expect(try place.run("show", "current").text.hasPrefix("Rev: 0001 (current)\n"))
            #expect(try place.column("SELECT revision || applied_at FROM apus_revision") == before)
            try place.run("run")
            #expect(try place.run("check").code == 0)
            #expect(try place.run("current", "-c").text == "0002 (head)\n")
            try place.write("CREATE TABLE a (y);", as: 1)
            #expect(try place.run("check").code == 7)
        }
    }

    @Test func `a half applied migration ends a check with 4`() throws {
        try withWorkplace { place in
            try place.migrate("-- migrate:up transaction:false\nCREATE TABLE a (x);\nSELECT nope;")
            #expect(try place.run("run").code == 4)
            #expect(try place.run("check").code == 4)
            let current = try place.run("current")
            #expect(current.text.contains("revision 0001 is half applied: 1 statement of it committed."))
        }
    }
}
