/// Why a ledger refuses to be written.
package enum LedgerRefusal {
    /// What an error says when another tool has written into the table meanwhile.
    package static let changedMessage = "apus: the version table was changed by somebody else meanwhile"
}
