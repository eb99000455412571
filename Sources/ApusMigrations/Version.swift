import CVersion

/// Which Apus this is.
enum Version {
    /// Such as `1.2.0`.
    static let number = unsafe String(cString: apus_version)
}
