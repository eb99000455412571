import TestSupport
import Testing

/// What the shells offer when Tab is pressed.
@Suite(.enabled(if: TestServer.isPresent, "\(TestServer.hint)"), .timeLimit(.minutes(5)))
struct CompletionTests {
    /// What bash offers for each line; the cursor stands at its end.
    private func offers(
        _ trial: Trial,
        _ lines: String...,
        environment: [String: String] = [:]
    ) async throws -> [[Substring]] {
        let script = try await trial.apus("--generate-completion-script", "bash", endingWith: 0)
        try trial.folder.write(script.output, to: "apus.bash")
        try trial.folder.write(
            """
            set -eu
            bash -n apus.bash
            set +eu
            apus() { "\(Trial.program)" "$@"; }
            source apus.bash
            while IFS= read -r COMP_LINE; do
                COMP_POINT=${#COMP_LINE}
                read -ra COMP_WORDS <<<"$COMP_LINE"
                [[ $COMP_LINE == *" " ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMPREPLY=()
                _apus apus "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[*]}"
            done <lines
            """,
            to: "complete.bash"
        )
        try trial.folder.write(lines.map { $0 + "\n" }.joined(), to: "lines")
        let shell = try Program(
            ["/usr/bin/env", "--chdir=\(trial.folder.path)", "bash", "complete.bash"],
            environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            output: "\(trial.folder.path)/shell"
        )
        #expect(try await shell.end() == .exited(0), "\(shell.standardError)")
        #expect(shell.standardError == "")
        return shell.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            $0.split(separator: " ")
        }
    }

    @Test func `bash completes commands, options, policies and directories`() async throws {
        try await withTrial(branchedHistory) { trial in
            let offers = try await offers(
                trial,
                "apus hi",
                "apus history --ind",
                "apus check --on-ahead w",
                "apus heads --migrations mig",
                "apus history --format d"
            )
            #expect(
                offers == [["history"], ["--indicate-current"], ["warn"], ["migrations"], ["dot"]]
            )
        }
    }

    @Test func `bash completes revisions and labels from the files`() async throws {
        try await withTrial(branchedHistory) { trial in
            let offers = try await offers(
                trial,
                "apus show l",
                "apus upgrade sh",
                "apus wait --for ",
                "apus history -r cur",
                "apus show --migrations nowhere "
            )
            #expect(offers[0] == ["left1"])
            #expect(offers[1] == ["shop@head"])
            #expect(
                offers[2] == [
                    "head", "heads", "shop@head", "other1", "merge", "right1", "left1", "base1",
                ]
            )
            #expect(offers[3] == ["current"])
            #expect(offers[4] == ["head", "heads", "current"])
        }
    }

    @Test func `nothing is said where the files cannot be read`() async throws {
        try await withTrial(["1.sql": migration("aaaa", after: "zzzz")]) { trial in
            try trial.folder.write("nonsense: [", to: "apus.yaml")
            #expect(
                try await offers(trial, "apus show a", "apus show ") == [[], ["head", "heads", "current"]]
            )
        }
    }

    @Test func `zsh and fish get the titles too, and the end of a range`() async throws {
        try await withTrial(branchedHistory) { trial in
            func offers(_ shell: String) async throws -> [Substring] {
                try await trial.apus(
                    "---completion",
                    "history",
                    "--",
                    "--rev-range",
                    "3",
                    "6",
                    "apus",
                    "history",
                    "-r",
                    "left1:",
                    environment: ["SAP_SHELL": shell],
                    endingWith: 0
                ).output.split(separator: "\n")
            }
            let zsh = try await offers("zsh")
            #expect(zsh.contains("left1\\:merge:Step merge"))
            #expect(zsh.contains("left1\\:current"))
            #expect(try await offers("fish").contains("left1:base1\tThe beginning"))
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `there is a script for each shell`(shell: String) async throws {
        try await withTrial { trial in
            let script = try await trial.apus("--generate-completion-script", shell, endingWith: 0)
            #expect(script.output.contains("---completion show"))
            #expect(script.errors == "")
        }
    }
}
