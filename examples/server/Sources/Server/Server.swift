import ApusMigrations
import Foundation

/// A server that brings its database up to date before it takes the first request.
///
///     DATABASE_URL   postgres://…, or sqlite:///server.db, which is the default
///     MIGRATIONS     the directory with the SQL files (migrations)
///     PORT           where it listens (8080); 0 takes any
@main
struct Server {
    static func main() {
        let environment = ProcessInfo.processInfo.environment
        let migrations = Migrations(
            directories: [environment["MIGRATIONS"] ?? "migrations"],
            database: environment["DATABASE_URL"] ?? "sqlite:///server.db"
        )
        guard let port = UInt16(environment["PORT"] ?? "8080") else { end(78, "PORT is not a port") }

        let termination = Termination()
        migrate(migrations, until: termination)
        termination.then { exit(0) }

        guard let listener = Listener(port: port) else { end(78, "port \(port) cannot be listened on") }
        log("listening on port \(listener.port)")
        listener.run { path in
            path == "/healthz" ? health(of: migrations) : Response(404, "no such page")
        }
    }

    /// Before the server starts: nothing else needs this thread yet. Of several instances that start at once, one migrates
    /// and the others wait for it here.
    private static func migrate(_ migrations: Migrations, until termination: Termination) {
        let interruption = Interruption()
        termination.then { interruption.request() }
        do {
            let outcome = try migrations.upgrade(interruption: interruption) { log("\($0)") }
            log("database at \(outcome.at.joined(separator: ", ")), \(outcome.applied.count) applied")
        } catch {
            end(error.exitCode, error.message)
        }
    }

    /// Whether the database is what this release needs.
    private static func health(of migrations: Migrations) -> Response {
        do {
            let status = try migrations.status()
            if status.isCurrent { return Response(200, "ok") }
            let pending = status.pending.map { "\($0) is pending" }
            return Response(503, (pending + status.findings.map(\.description)).joined(separator: "\n"))
        } catch {
            return Response(503, error.message)
        }
    }

    private static func end(_ code: Int32, _ message: String) -> Never {
        log(message)
        exit(code)
    }
}

/// Says something on standard error.
func log(_ message: String) {
    FileHandle.standardError.write(Data("server: \(message)\n".utf8))
}
