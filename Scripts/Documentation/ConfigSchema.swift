import Foundation

/// The JSON schema of files for `kconvert --config`, from what `kconvert --experimental-dump-help` prints.
struct ConfigSchema {
    private struct Help: Decodable {
        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
            let arguments: [Argument]?
        }

        let command: Command
    }

    private struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let allValues: [String]?
        let abstract: String?

        var name: String { names?.first { $0.kind == "long" }?.name ?? valueName ?? "" }
    }

    private let arguments: [Argument]

    /// Reads the command's description of itself, in JSON.
    init(_ help: Data) throws {
        let command = try JSONDecoder().decode(Help.self, from: help).command
        let all = command.subcommands?.first { $0.commandName == "convert" }?.arguments ?? []
        let names = Set(all.map(\.name))
        let excluded = ["config", "help", "version", "list-passes", "up-to-date"]
        arguments = all.filter { argument in
            !excluded.contains(argument.name)
                && !(argument.kind == "flag" && argument.name.hasPrefix("no-")
                    && names.contains(String(argument.name.dropFirst(3))))
        }
    }

    /// The schema.
    var json: String {
        get throws {
            var properties: [String: Any] = ["$schema": ["type": "string"]]
            for argument in arguments { properties[argument.name] = property(argument) }
            let schema: [String: Any] = [
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "Options of kconvert",
                "type": "object",
                "additionalProperties": false,
                "properties": properties,
            ]
            let data = try JSONSerialization.data(
                withJSONObject: schema,
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self) + "\n"
        }
    }

    private func property(_ argument: Argument) -> [String: Any] {
        var property: [String: Any] = ["description": argument.abstract ?? ""]
        if argument.kind == "flag" {
            property["type"] = "boolean"
        } else if let values = argument.allValues, !values.isEmpty {
            property["enum"] = values
        } else {
            property["type"] =
                ["string", "number", "array"] + (argument.isRepeating ? ["object"] : [])
        }
        return property
    }
}
