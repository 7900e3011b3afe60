import Foundation

/// The page about the command line, from what `kconvert --experimental-dump-help` prints.
struct CommandReference {
    private let command: CommandHelp.Command

    init(_ help: CommandHelp) {
        command = help.command
    }

    /// The page.
    var markdown: String {
        let introduction = """
            # The command line

            \(sentence(command.abstract)) This page is made by `make docs` from what `\(command.commandName) --help` prints.

            \(block(command.discussion))
            """
        return ([introduction] + command.shownSubcommands.map(section)).joined(separator: "\n\n")
            + "\n"
    }

    private func section(_ sub: CommandHelp.Command) -> String {
        let rows = sub.shownArguments.map { "| `\($0.spelling)` | \(meaning($0)) |" }
        return """
            ## \(command.commandName) \(sub.commandName)

            \(sentence(sub.abstract))

                \(command.commandName) \(sub.usage(ellipsis: "…"))

            | argument | meaning |
            |---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private func meaning(_ argument: CommandHelp.Argument) -> String {
        var text = sentence(argument.abstract)
        if argument.isRepeating, argument.kind == "option", !text.contains("repeated") {
            text += " May be repeated."
        }
        if let values = argument.allValues, !values.isEmpty {
            text += " One of " + values.map { "`\($0)`" }.joined(separator: ", ") + "."
        }
        if let value = argument.defaultValue, argument.kind == "option" {
            text += " Default: `\(value)`."
        }
        return text.replacingOccurrences(of: "|", with: "\\|")
    }

    private func sentence(_ text: String?) -> String {
        let text = text ?? ""
        return text.isEmpty || text.hasSuffix(".") ? text : text + "."
    }

    /// A discussion as a block of code.
    private func block(_ text: String?) -> String {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    }
}
