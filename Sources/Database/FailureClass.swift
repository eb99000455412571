/// What waiting can do about a connection that failed (`docs/configuration.md`, "Waiting").
package enum FailureClass: Sendable, Hashable {
    /// It goes away by itself: the server is starting, full, unreachable for now.
    case transient
    /// It may be a role or a database that is just being made; given a short grace, then refused with that cause.
    case graced(Refusal)
    /// Waiting changes nothing.
    case permanent(Refusal)

    /// Whose mistake a refusal is.
    package enum Refusal: Sendable, Hashable {
        /// Role, password, privilege.
        case denied
        /// URL, TLS, a database that does not exist.
        case configuration
    }
}
