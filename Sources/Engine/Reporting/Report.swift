/// What a run did: one document, the same in the log, the file, the termination message, the webhook.
///
/// `docs/report.schema.json` describes it. Times are in milliseconds, moments in RFC 3339.
package struct Report: Sendable, Codable, Equatable {
    package enum Result: String, Sendable, Codable {
        case succeeded, noop, failed, interrupted
        /// Nothing was tried, because something was in the way: a lock, an unavailable database.
        case blocked
    }

    package enum Direction: String, Sendable, Codable {
        case upgrade, downgrade
    }

    /// One revision that this run applied or reverted.
    package struct Step: Sendable, Codable, Equatable {
        package var revision: String
        package var description: String
        package var ms: Int64
    }

    /// What failed, without data of the database: no DETAIL, no SQL.
    package struct Failed: Sendable, Codable, Equatable {
        package var message: String
        package var revision: String?
        package var file: String?
        package var line: Int?
        package var column: Int?
        package var statement: Int?
        package var sqlstate: String?
    }

    package struct Backup: Sendable, Codable, Equatable {
        package var ref: String
        package var ms: Int64
    }

    package struct Holder: Sendable, Codable, Equatable {
        package var pid: Int
        package var app: String
        package var seconds: Int
    }

    /// How one notification went.
    package struct Notification: Sendable, Codable, Equatable {
        package var kind: String
        package var host: String
        package var outcome: String
        package var attempts: Int
        package var status: Int?
        package var error: String?

        package init(kind: String, host: String, outcome: String, attempts: Int, status: Int?, error: String?)
        {
            self.kind = kind
            self.host = host
            self.outcome = outcome
            self.attempts = attempts
            self.status = status
            self.error = error
        }
    }

    /// The version of this document's form.
    package var v = 1
    package var tool: String
    package var run: String
    package var result: Result
    package var code: Int32
    package var reason: String
    package var retryable: Bool
    /// The state of the database: `ExitCode.DatabaseState`.
    package var db: String
    /// `host:port/database`, never with a user or a password; empty when the URL could not be read.
    package var target: String
    /// Heads before, heads now, and what was wanted.
    package var from: [String]
    package var at: [String]
    package var want: String
    /// Which way the run went.
    package var direction: Direction
    /// Whether everything was run and taken back.
    package var dry_run: Bool?
    /// The user's own word.
    package var tag: String?
    /// How many revisions were applied; of a downgrade, reverted.
    package var applied: Int
    package var pending: Int
    package var revisions: [Step]
    package var failed: Failed?
    package var backup: Backup?
    package var holder: Holder?
    package var wait_ms: Int64
    package var lock_ms: Int64
    package var ms: Int64
    package var started: String
    package var finished: String
    package var host: String
    package var hint: String?
    package var notifications: [Notification] = []
}
