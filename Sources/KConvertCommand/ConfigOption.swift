import ArgumentParser

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An argument of `kconvert convert` that a file of options can give.
struct ConfigOption: Decodable {
    enum Kind: String, Decodable {
        case positional, option, flag
    }

    private struct Name: Decodable {
        let kind: String
        let name: String
    }

    private struct Completion: Decodable {
        struct File: Decodable {}

        let file: File?
    }

    let kind: Kind
    let isRepeating: Bool
    private let valueName: String?
    private let names: [Name]?
    private let completionKind: Completion?
    /// The flag for `false`; nil if leaving the flag out says that.
    private(set) var negation: String?

    private enum CodingKeys: CodingKey {
        case kind, isRepeating, valueName, names, completionKind
    }

    /// The long name without dashes, or that of the value of a positional argument.
    var name: String { names?.first { $0.kind == "long" }?.name ?? valueName ?? "" }

    /// Whether the value is a path.
    var isPath: Bool { completionKind?.file != nil }

    /// The options that a file can give, as the command describes itself.
    static func all() throws -> [ConfigOption] {
        struct Help: Decodable {
            struct Command: Decodable {
                let arguments: [ConfigOption]
            }

            let command: Command
        }
        let help = Data(ConvertCommand._dumpHelp().utf8)
        let all = try JSONDecoder().decode(Help.self, from: help).command.arguments
        let excluded = ["config", "help", "version", "list-passes", "up-to-date"]
        let names = Set(all.map(\.name))
        return all.filter { !excluded.contains($0.name) && !$0.isNegation(among: names) }.map {
            var option = $0
            option.negation = names.contains("no-\($0.name)") ? "no-\($0.name)" : nil
            return option
        }
    }

    /// Whether this flag is the opposite of another.
    private func isNegation(among names: Set<String>) -> Bool {
        kind == .flag && name.hasPrefix("no-") && names.contains(String(name.dropFirst(3)))
    }

    /// Whether an argument of the command line, up to its `=`, is this option.
    func isSpelled(_ argument: String) -> Bool {
        argument == negation.map { "--\($0)" }
            || (names ?? []).contains { argument == ($0.kind == "long" ? "--" : "-") + $0.name }
    }
}

extension [ConfigOption] {
    /// Whether there is an argument that is neither an option nor the value of one.
    func hasPositional(_ arguments: [String]) -> Bool {
        var isValue = false
        for argument in arguments {
            if isValue {
                isValue = false
            } else if argument == "--" {
                return argument != arguments.last
            } else if !argument.hasPrefix("-") || argument == "-" {
                return true
            } else {
                isValue =
                    argument == "--config"
                    || contains { $0.kind == .option && $0.isSpelled(argument) }
            }
        }
        return false
    }
}
