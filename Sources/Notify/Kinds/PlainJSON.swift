extension EndpointKind {
    /// What a URL without a prefix stands for: the same as `standard`, signed only if there is a secret.
    package static let json = EndpointKind(
        name: "json",
        signing: .whenSecretIsGiven,
        recognisesRepetitions: true,
        body: envelope,
        judge: \.failure
    )
}
