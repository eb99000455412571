extension SQLTextError: CustomStringConvertible {
    /// What is wrong and what to do next, without the position.
    package var description: String {
        switch problem {
        case .unterminatedString:
            "This string never ends. Close it with ', and write '' for a quote inside it."
        case .unterminatedIdentifier:
            "This quoted name never ends. Close it with \"."
        case .unterminatedDollarQuote(let tag):
            "This dollar-quoted text never ends. Close it with \(tag), spelled the same."
        case .unterminatedComment:
            "This comment never ends. Close it with */, once for every /* inside it."
        case .metaCommand(let name):
            "\(name) is a command of psql, not SQL. Remove it, or write what it does as SQL."
        case .unterminatedCopyData:
            "The rows of this COPY … FROM STDIN do not end. Write them below it, and \\. alone on the line after the last one."
        case .textBeforeCopyData:
            "The rows of a COPY … FROM STDIN start on the next line. Move this text below the \\. that ends them."
        case .zeroByte:
            "There is a zero byte here, which SQL cannot hold. Save the file as UTF-8 text."
        case .invalidUTF8(let byte):
            "The byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8 here. Save the file as UTF-8."
        case .statementBeforeFirstMarker:
            "Only comments may stand above the first marker. Move this below \"-- migrate:up\"."
        case .markerLookalike:
            "This looks like a marker and is none. Write \"-- migrate:up\" or \"-- migrate:down\", in small letters at the start of the line."
        case .foreignMarker(let tool):
            "This comment parts the way back from the way up\(tool.map { " as \($0) does" } ?? ""), and Apus would run both. Write "
                + "\"-- migrate:up\" above the first statement and \"-- migrate:down\" here; or word the comment otherwise."
        case .misplacedDirective:
            "Nothing comes of this here. Write \"-- apus:rebuild TABLE\" on a line right above its CREATE TABLE, and \"-- apus:column NAME = EXPRESSION\" between the two."
        case .unknownDirective:
            "This is not understood. Write \"-- apus:rebuild TABLE\", in small letters, and below it \"-- apus:column NAME = EXPRESSION\"."
        case .repeatedColumn(let name):
            "The column \(name) has an expression already. Keep one of them."
        case .directiveWithoutSQLite:
            "\"-- apus:rebuild\" and \"-- apus:column\" are for SQLite, and this is not. Write ALTER TABLE, or the comment in other words."
        case .downBeforeUp:
            "There is no \"-- migrate:up\" above this \"-- migrate:down\". Put the up section first."
        case .secondDown:
            "This up section has a \"-- migrate:down\" already. Join the two, or start another \"-- migrate:up\" between them."
        case .unknownOption(let word):
            "\(word) is not an option. Known are transaction:false, lock_timeout:2s and statement_timeout:10m."
        case .repeatedOption(let name):
            "\(name) is given twice. Keep one of them."
        case .badOptionValue(let name, let value):
            "\(name) cannot be \(value.isEmpty ? "empty" : value). \(Self.values(of: name))"
        }
    }

    private static func values(of option: String) -> String {
        option == "transaction"
            ? "Write true or false."
            : "Write a number with ms, s, m or h, such as 500ms or 2s, of at most 24 days; 0 means no limit."
    }
}
