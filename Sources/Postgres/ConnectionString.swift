import CLibPQ
package import Database
import Glibc

/// Where a PostgreSQL database is and who asks for it: what a URL, the secrets beside it and libpq's environment say.
///
/// It prints as `host:port/database`. libpq's own messages about a malformed URL quote parts of it, which may be a piece
/// of the password, so none of them is passed on.
package struct ConnectionString: Sendable {
    /// libpq's keywords and their values, decoded.
    private(set) var keywords: [String: String]

    /// - Parameters:
    ///   - url: `postgres://`, `postgresql://`, SQLAlchemy's `postgresql+driver://`, or libpq's `key=value` form.
    ///   - password: Taken instead of the one in the URL, when given.
    /// - Throws: `DatabaseError` of kind `.configuration`.
    package init(_ url: String, password: String? = nil) throws(DatabaseError) {
        keywords = try parse(try checked(url))
        if let password { keywords["password"] = password }
        if needsDefaults {
            for (keyword, value) in defaults() where keywords[keyword] == nil { keywords[keyword] = value }
        }
        guard keywords["user"]?.isEmpty == false else {
            throw DatabaseError(
                .configuration,
                "the database URL names no user",
                hint: "Write it as postgres://user@host/database, or set PGUSER."
            )
        }
    }

    /// Whether anything but libpq's built-in values could come from elsewhere. To ask for it takes libpq through the user database
    /// of the system, at every start.
    private var needsDefaults: Bool {
        let isWhole = keywords["user"] != nil && keywords["host"] != nil && keywords["service"] == nil
        return !isWhole || hasVariables(named: "PG")
    }

    /// The password, which must be kept out of everything that is printed or sent.
    package var password: String? { keywords["password"] }

    /// The database's name.
    package var database: String { keywords["dbname"] ?? keywords["user"] ?? "" }

    /// What libpq's own tools need in the environment to reach the same database, without the password.
    package var environment: [String: String] {
        let names = [
            "PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname",
            "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert", "PGSSLCERT": "sslcert",
            "PGSSLKEY": "sslkey",
        ]
        var environment = names.compactMapValues { keywords[$0] }
        environment["PGDATABASE"] = database
        return environment
    }

    /// A line for a password file: any host, so that it holds for every way to the same server.
    package var passwordFileLine: String? {
        guard let password, let user = keywords["user"] else { return nil }
        func escaped(_ text: String) -> String {
            String(text.flatMap { $0 == ":" || $0 == "\\" ? ["\\", $0] : [$0] })
        }
        return "*:*:*:\(escaped(user)):\(escaped(password))\n"
    }

    /// The hosts in the order they are tried; a name beginning with "/" is a socket's folder.
    var hosts: [(name: String, address: String?, port: String)] {
        let names = list("host")
        let addresses = list("hostaddr")
        let ports = list("port")
        return (0..<max(names.count, addresses.count, 1)).map { index in
            let address = addresses.indices.contains(index) ? addresses[index] : ""
            let port = ports.indices.contains(index) ? ports[index] : ports.first ?? ""
            return (
                names.indices.contains(index) ? names[index] : "",
                address.isEmpty ? nil : address,
                port.isEmpty ? "5432" : port
            )
        }
    }

    private func list(_ keyword: String) -> [String] {
        (keywords[keyword] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

extension ConnectionString: CustomStringConvertible {
    package var description: String {
        let places = hosts.map { "\($0.name.isEmpty ? $0.address ?? "local socket" : $0.name):\($0.port)" }
        return "\(places.joined(separator: ","))/\(database)"
    }
}

/// Brings the forms that other tools write into libpq's, and finds the usual mistakes before libpq does.
private func checked(_ url: String) throws(DatabaseError) -> String {
    guard let schemeEnd = url.firstRange(of: "://") else {
        if url.contains("=") { return url }
        throw malformed("it has no scheme", "Write it as postgres://user@host:5432/database.")
    }
    let scheme = url[..<schemeEnd.lowerBound].split(separator: "+").first.map(String.init) ?? ""
    guard scheme == "postgres" || scheme == "postgresql" else {
        throw malformed("\"\(scheme)\" is not a scheme of PostgreSQL", "Write postgres:// or postgresql://.")
    }
    let rest = url[schemeEnd.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard rest.filter({ $0 == "@" }).count <= 1 || authority.filter({ $0 == "@" }).count <= 1 else {
        throw malformed("it has more than one @ before the host", "Write an @ in the password as %40.")
    }
    if rest.contains("@"), !authority.contains("@") {
        throw malformed("a / or ? stands before the @", "Write a / in the password as %2F and a ? as %3F.")
    }
    return "postgresql://" + withoutForeignParameters(rest)
}

/// Drops `x-…` parameters, which golang-migrate reads from the same URL and libpq does not know.
private func withoutForeignParameters(_ rest: Substring) -> String {
    guard let question = rest.firstIndex(of: "?") else { return String(rest) }
    let parameters = rest[rest.index(after: question)...].split(separator: "&").filter { !$0.hasPrefix("x-") }
    guard !parameters.isEmpty else { return String(rest[..<question]) }
    return rest[..<question] + "?" + parameters.joined(separator: "&")
}

private func malformed(_ what: String, _ hint: String) -> DatabaseError {
    DatabaseError(.configuration, "the database URL cannot be read: \(what)", hint: hint)
}

private func parse(_ url: String) throws(DatabaseError) -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    defer { PQfreemem(message) }
    guard let options = PQconninfoParse(url, &message) else { throw reason(forParseError: text(message)) }
    defer { PQconninfoFree(options) }
    return values(of: options)
}

/// libpq's message with everything of the URL taken out.
private func reason(forParseError message: String) -> DatabaseError {
    if message.contains("percent-encoded") {
        return malformed(
            "a % in it is not followed by two hexadecimal digits",
            "Write a % in the password as %25."
        )
    }
    if message.contains("query parameter") || message.contains("connection option") {
        return malformed(
            "libpq does not know one of its parameters, or a = in a value is not written as %3D",
            "See the PostgreSQL manual, section 34.1.2."
        )
    }
    return malformed("libpq does not understand it", "Write it as postgres://user@host:5432/database.")
}

/// Whether the environment has a variable whose name begins so.
private func hasVariables(named prefix: String) -> Bool {
    var entry = environ
    while let variable = entry.pointee {
        if strncmp(variable, prefix, prefix.utf8.count) == 0 { return true }
        entry += 1
    }
    return false
}

/// What libpq takes when the URL is silent: its environment variables, a service file, built-in values.
private func defaults() -> [String: String] {
    guard let options = PQconndefaults() else { return [:] }
    defer { PQconninfoFree(options) }
    return values(of: options)
}

private func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    var values: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
        if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
        option += 1
    }
    return values
}
