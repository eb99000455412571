import Engine
import Testing

@Suite struct ScrubberTests {
    @Test func `a secret is known in all its forms`() {
        let scrubber = Scrubber()
        scrubber.register(#"p@ss"w\d/é"#)
        for text in [
            #"p@ss"w\d/é"#, "p%40ss%22w%5Cd%2F%C3%A9", "cEBzcyJ3XGQvw6k=", #"p@ss\"w\\d/é"#,
        ] {
            #expect(scrubber.scrub("before \(text) after") == "before *** after")
        }
    }

    @Test func `the longest secret goes first, so that no part of it is left over`() {
        let scrubber = Scrubber()
        scrubber.register("secret")
        scrubber.register("secret-and-more")
        #expect(scrubber.scrub("secret-and-more secret") == "*** ***")
    }

    @Test func `a combining character behind a secret does not hide it`() {
        let scrubber = Scrubber()
        scrubber.register("secret")
        #expect(scrubber.scrub("secret\u{301} \u{301}secret\u{200D}") == "***\u{301} \u{301}***\u{200D}")
    }

    @Test func `very short values would take ordinary words apart`() {
        let scrubber = Scrubber()
        for value in ["", "a", "abc", nil] { scrubber.register(value) }
        #expect(scrubber.scrub("abc a") == "abc a")
    }
}
