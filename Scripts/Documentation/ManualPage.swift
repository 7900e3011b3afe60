import Foundation

/// The manual page `kconvert(1)`, from what `kconvert --experimental-dump-help` prints.
struct ManualPage {
    private let command: CommandHelp.Command

    init(_ help: CommandHelp) {
        command = help.command
    }

    /// The page in the language of man(7).
    var text: String {
        let subcommands = command.shownSubcommands
        let synopsis = subcommands.map {
            ".B \(escaped("\(command.commandName) \($0.usage(ellipsis: "..."))"))"
        }.joined(separator: "\n.br\n")
        return """
            .TH KCONVERT 1
            .SH NAME
            \(command.commandName) \\- \(escaped(command.abstract ?? ""))
            .SH SYNOPSIS
            \(synopsis)
            .SH DESCRIPTION
            \(block(command.discussion ?? ""))
            \(subcommands.map(section).joined(separator: "\n"))

            """
    }

    private func section(_ sub: CommandHelp.Command) -> String {
        let items = sub.shownArguments.map { argument in
            ".TP\n.B \(escaped(argument.spelling))\n\(escaped(meaning(argument)))"
        }
        let discussion = sub.discussion.map { "\n\(escaped($0))" } ?? ""
        return """
            .SH \(escaped("\(command.commandName) \(sub.commandName)".uppercased()))
            \(escaped(sub.abstract ?? ""))\(discussion)
            \(items.joined(separator: "\n"))
            """
    }

    private func meaning(_ argument: CommandHelp.Argument) -> String {
        var text = argument.abstract ?? ""
        if let values = argument.allValues, !values.isEmpty {
            text += " One of \(values.joined(separator: ", "))."
        }
        if let value = argument.defaultValue, argument.kind == "option" {
            text += " Default: \(value)."
        }
        return text
    }

    /// Text whose backslashes, dashes and leading dots are not read as requests.
    private func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&\($0)" : String($0) }
            .joined(separator: "\n")
    }

    /// Text with its own line ends.
    private func block(_ text: String) -> String { ".nf\n\(escaped(text))\n.fi" }
}
