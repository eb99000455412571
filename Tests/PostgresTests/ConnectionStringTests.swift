import Database
import Testing

@testable import Postgres

@Suite struct ConnectionStringTests {
    @Test(arguments: [
        "postgres://u@db.example:5433/shop", "postgresql://u@db.example:5433/shop",
        "postgresql+psycopg2://u@db.example:5433/shop",
        "postgresql+asyncpg://u@db.example:5433/shop?x-multi-statement=true",
        "host=db.example port=5433 user=u dbname=shop",
    ])
    func `every usual way to write a URL means the same`(url: String) throws {
        let target = try ConnectionString(url)
        #expect(target.description == "db.example:5433/shop")
        #expect(target.keywords["user"] == "u")
    }

    @Test func `a password is decoded, kept apart, and never printed`() throws {
        let target = try ConnectionString("postgres://u:p%40ss%2Fword@db/shop")
        #expect(target.password == "p@ss/word")
        #expect(!target.description.contains("ss"))
        #expect(target.passwordFileLine == "*:*:*:u:p@ss/word\n")
    }

    @Test func `a password given beside the URL wins`() throws {
        #expect(try ConnectionString("postgres://u:old@db/shop", password: "new").password == "new")
    }

    @Test func `a password file line escapes what would end a field`() throws {
        #expect(
            try ConnectionString("postgres://u@db/shop", password: #"a:b\c"#).passwordFileLine
                == #"*:*:*:u:a\:b\\c"# + "\n"
        )
    }

    @Test(arguments: [
        "postgres://u:S3cr/et@db/shop", "postgres://u:S3cr@et@db/shop", "postgres://u:S3cr%zz@db/shop",
        "mysql://u:S3cret@db/shop", "u:S3cret@db/shop", "postgres://u:S3cr?et@db/shop",
        "postgres://u@db/shop?S3cret=1",
    ])
    func `a URL that cannot be right is refused without a word of the password`(url: String) {
        let error = #expect(throws: DatabaseError.self) { try ConnectionString(url) }
        #expect(error?.kind == .configuration)
        #expect(error?.hint != nil)
        #expect("\(error?.message ?? "") \(error?.hint ?? "")".contains("S3cr") == false)
    }

    @Test func `several hosts are all kept, each with its port`() throws {
        let target = try ConnectionString("postgres://u@a,b:5433/shop")
        #expect(target.hosts.map(\.name) == ["a", "b"])
        #expect(target.description.hasSuffix("/shop"))
    }
}
