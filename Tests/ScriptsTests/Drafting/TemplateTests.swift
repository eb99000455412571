import TestSupport
import Testing

@testable import Scripts

@Suite struct TemplateTests {
    private let folder = Folder()

    private func template(_ text: String) throws -> Template {
        try Template.read(try folder.write(text, to: "template.sql"))
    }

    @Test func `every placeholder has its value`() throws {
        let text = try template(
            "-- ${message}|${revision}|${revises}|${create_date}|${branch_labels}|${depends_on}"
        ).text([
            .message: ["m"], .revision: ["r"], .revises: ["a", "b"], .createDate: ["d"],
            .branchLabels: ["l"], .dependsOn: ["x", "y"],
        ])
        #expect(text == "-- m|r|a, b|d|l|x, y")
    }

    @Test
    func `a line is left out when its labels or dependencies are none, and empty parents leave no blank`()
        throws
    {
        let text = try template("a ${branch_labels}\nb ${depends_on}\nc: ${revises}\nd  \n").text([:])
        #expect(text == "c:\nd  \n")
    }

    @Test func `a line with the message is repeated for each of its lines`() throws {
        let text = try template("/* ${message} */\n-- ${revision}").text([
            .message: ["one", "", "three"], .revision: ["r"],
        ])
        #expect(text == "/* one */\n/*  */\n/* three */\n-- r")
    }

    @Test func `what the shell or SQL writes with a dollar is text`() throws {
        let text = "DO $$ BEGIN END $$; -- $message $ {message} ${ ${\n"
        #expect(try template(text).text([:]) == text)
    }

    @Test func `a value is never taken for a placeholder`() throws {
        #expect(
            try template("${message} ${revision}").text([.message: ["${revision}"], .revision: ["r"]])
                == "${revision} r"
        )
    }

    @Test(arguments: ["up_revision", "", "Message", "message | upper"])
    func `an unknown placeholder is an error with file and line`(name: String) throws {
        let error = #expect(throws: DraftError.self) { try template("-- ${message}\n\n-- ${\(name)}\n") }
        #expect(
            error?.description.hasPrefix("\(folder.path)/template.sql:3: there is no placeholder ${\(name)}.")
                == true
        )
        #expect(error?.fault == .file)
    }

    @Test func `a template that is not there is named`() {
        let error = #expect(throws: DraftError.self) { try Template.read("\(folder.path)/nosuch.sql") }
        #expect(error?.description.contains("nosuch.sql cannot be read: No such file") == true)
        #expect(throws: DraftError.self) { try Template.read(folder.path) }
    }
}
