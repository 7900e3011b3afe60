import Foundation

/// The JSON schema of files for `kconvert --config`, from what `kconvert --experimental-dump-help` prints.
struct ConfigSchema {
    private let arguments: [CommandHelp.Argument]

    init(_ help: CommandHelp) {
        let all =
            help.command.shownSubcommands.first { $0.commandName == "convert" }?.allArguments ?? []
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

    private func property(_ argument: CommandHelp.Argument) -> [String: Any] {
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
