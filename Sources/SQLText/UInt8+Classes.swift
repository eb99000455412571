/// The classes of characters in psqlscan.l, under its names where it has one.
extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// `newline`: either character ends a line comment.
    var isNewline: Bool { self == .lineFeed || self == .carriageReturn }

    /// `horiz_space`.
    var isHorizontalSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0C }

    /// `space`, with the vertical tab that PostgreSQL 16 added.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    /// `digit`.
    var isDigit: Bool { self &- 0x30 < 10 }

    /// `ident_start`, which is `dolq_start` as well: every byte of a non-ASCII character counts as a letter.
    var isIdentifierStart: Bool { isLetter || self == UInt8(ascii: "_") || self >= 0x80 }

    /// `dolq_cont`.
    var isTagPart: Bool { isIdentifierStart || isDigit }

    /// `ident_cont`.
    var isIdentifierPart: Bool { isIdentifierStart || isDigit || self == UInt8(ascii: "$") }

    /// An ASCII letter.
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// The ASCII letter in lower case; the server folds no others in UTF-8.
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// A byte of a character after its first.
    var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}
