import Foundation

/// What `kconvert --experimental-dump-help` prints: the command's description of itself.
struct CommandHelp: Decodable {
    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool
        private let arguments: [Argument]?
        private let subcommands: [Command]?

        /// All arguments, in their order.
        var allArguments: [Argument] { arguments ?? [] }

        /// The arguments that a page describes.
        var shownArguments: [Argument] {
            allArguments.filter {
                $0.shouldDisplay && !["help", "version"].contains($0.valueName ?? "")
            }
        }

        /// The sub-commands that a page describes.
        var shownSubcommands: [Command] {
            (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        }

        /// How the command is called, after the name of the program.
        ///
        /// - Parameter ellipsis: what follows an argument that may be repeated.
        func usage(ellipsis: String) -> String {
            let positional = shownArguments.filter { $0.kind == "positional" }.map { argument in
                let name = argument.placeholder + (argument.isRepeating ? ellipsis : "")
                return argument.isOptional ? "[\(name)]" : name
            }
            return ([commandName] + positional + ["[options]"]).joined(separator: " ")
        }
    }

    struct Argument: Decodable {
        private struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        private let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?

        /// The long name without dashes, or that of the value of a positional argument.
        var name: String { names?.first { $0.kind == "long" }?.name ?? valueName ?? "" }

        /// The value in angle brackets.
        var placeholder: String { "<\(valueName ?? "")>" }

        /// All names with dashes and, for an option, its value; the value alone if it has no name.
        var spelling: String {
            guard kind != "positional" else { return placeholder }
            let names = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
                .joined(separator: ", ")
            return kind == "option" ? "\(names) \(placeholder)" : names
        }
    }

    let command: Command

    /// Reads the description, in JSON.
    init(_ json: Data) throws {
        self = try JSONDecoder().decode(CommandHelp.self, from: json)
    }
}
