import Foundation

/// The manual page `kconvert(1)`, from what `kconvert --experimental-dump-help` prints.
struct ManualPage {
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
        struct Name: Decodable {
            let kind: String
            let name: String
        }

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

    private let command: Command

    /// Reads the command's description of itself, in JSON.
    init(_ help: Data) throws {
        command = try JSONDecoder().decode(Help.self, from: help).command
    }

    /// The page in the language of man(7).
    var text: String {
        let subcommands = (command.subcommands ?? []).filter {
            $0.shouldDisplay && $0.commandName != "help"
        }
        let synopsis = subcommands.map { ".B \(escaped(usage($0)))" }.joined(separator: "\n.br\n")
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

    private func usage(_ sub: Command) -> String {
        let positional = arguments(of: sub).filter { $0.kind == "positional" }.map { argument in
            let name = "<\(argument.valueName ?? "")>" + (argument.isRepeating ? "..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        return ([command.commandName, sub.commandName] + positional + ["[options]"])
            .joined(separator: " ")
    }

    private func arguments(of sub: Command) -> [Argument] {
        (sub.arguments ?? []).filter {
            $0.shouldDisplay && !["help", "version"].contains($0.valueName ?? "")
        }
    }

    private func section(_ sub: Command) -> String {
        let items = arguments(of: sub).map { argument in
            ".TP\n.B \(escaped(spelling(argument)))\n\(escaped(meaning(argument)))"
        }
        let discussion = sub.discussion.map { "\n\(escaped($0))" } ?? ""
        return """
            .SH \(escaped("\(command.commandName) \(sub.commandName)".uppercased()))
            \(escaped(sub.abstract ?? ""))\(discussion)
            \(items.joined(separator: "\n"))
            """
    }

    private func spelling(_ argument: Argument) -> String {
        guard argument.kind != "positional" else { return "<\(argument.valueName ?? "")>" }
        let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
            .joined(separator: ", ")
        return argument.kind == "option" ? "\(names) <\(argument.valueName ?? "")>" : names
    }

    private func meaning(_ argument: Argument) -> String {
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
