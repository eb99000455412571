extension Migration {
    /// The lines of the comment at the top of the file, without their dashes: the title, the header, and what else is
    /// written there for people.
    package var comment: [String] {
        let bytes = up.bytes
        return RevisionHeader.comment(of: bytes.span)
    }
}
