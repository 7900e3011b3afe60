import Foundation

/// The page about the command line, from what `kconvert --experimental-dump-help` prints.
struct CommandReference {
    private struct Help: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool
        let arguments: [Argument]?
        let subcommands: [Command]?
    }

    private struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?
    }

    private struct Name: Decodable {
        let kind: String
        let name: String

        var text: String { (kind == "long" ? "--" : "-") + name }
    }

    private let command: Command

    /// Reads the command's description of itself, in JSON.
    init(_ help: Data) throws {
        command = try JSONDecoder().decode(Help.self, from: help).command
    }

    /// The page.
    var markdown: String {
        let sections = (command.subcommands ?? []).filter {
            $0.shouldDisplay && $0.commandName != "help"
        }
        let introduction = """
            # The command line

            \(sentence(command.abstract)) This page is made by `make docs` from what `\(command.commandName) --help` prints.

            \(block(command.discussion))
            """
        return ([introduction] + sections.map(section)).joined(separator: "\n\n") + "\n"
    }

    private func section(_ sub: Command) -> String {
        let arguments = (sub.arguments ?? []).filter {
            $0.shouldDisplay && !["help", "version"].contains($0.valueName ?? "")
        }
        let positional = arguments.filter { $0.kind == "positional" }.map { argument in
            let name = "<\(argument.valueName ?? "")>" + (argument.isRepeating ? "…" : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        let rows = arguments.map { "| \(spelling($0)) | \(meaning($0)) |" }
        return """
            ## \(command.commandName) \(sub.commandName)

            \(sentence(sub.abstract))

                \(([command.commandName, sub.commandName] + positional + ["[options]"]).joined(separator: " "))

            | argument | meaning |
            |---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private func spelling(_ argument: Argument) -> String {
        guard argument.kind != "positional" else { return "`<\(argument.valueName ?? "")>`" }
        let names = (argument.names ?? []).map(\.text).joined(separator: ", ")
        return argument.kind == "option" ? "`\(names) <\(argument.valueName ?? "")>`" : "`\(names)`"
    }

    private func meaning(_ argument: Argument) -> String {
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
