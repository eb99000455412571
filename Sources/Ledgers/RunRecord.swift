package import Revisions

/// The row that a run leaves behind.
package struct RunRecord: Sendable {
    package var id: String
    package var startedAt: String
    package var from: [Revision.ID]
    package var to: [Revision.ID]
    package var host: String
    package var pid: Int
    package var toolVersion: String

    package init(
        id: String,
        startedAt: String,
        from: [Revision.ID],
        to: [Revision.ID],
        host: String,
        pid: Int,
        toolVersion: String
    ) {
        self.id = id
        self.startedAt = startedAt
        self.from = from
        self.to = to
        self.host = host
        self.pid = pid
        self.toolVersion = toolVersion
    }
}
