import KConvert

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file of options for `kconvert convert`: a JSON object whose keys are the names of the options.
///
///     { "model": "digits.json", "weights": "digits.h5", "quantize": "int8", "samples": "samples" }
///
/// What the command line says comes after what the file says, so that it counts. Paths in the file are relative to it.
struct ConfigFile {
    private let path: String
    private let members: [String: ConfigValue]
    private let options: [ConfigOption]

    /// Reads a file.
    ///
    /// - Throws: `Command.Failure` if it cannot be read, is not a JSON object, or has a key that is not an option.
    init(path: String) throws {
        self.path = path
        options = try ConfigOption.all()
        let data = Data(try Command.readFile(path))
        do {
            members = try JSONDecoder().decode([String: ConfigValue].self, from: data)
        } catch let DecodingError.dataCorrupted(context) {
            throw Self.failure(
                path, "this is not valid JSON\(Self.place(in: context))", "Correct the file.")
        } catch {
            throw Self.failure(
                path, "this is not a JSON object of options", "Write { \"model\": \"model.h5\" }.")
        }
        for key in members.keys.sorted() where key != "$schema" && option(key) == nil {
            let nearest = NameSuggestion.nearest(to: key, among: options.map(\.name))
            throw Self.failure(
                path,
                "there is no option '\(key)'"
                    + (nearest.map { "; the nearest name is '\($0)'" } ?? ""),
                "Documentation/Configuration.md lists the options.")
        }
    }

    /// The arguments with those that the file says before them.
    ///
    /// - Parameter arguments: those of `kconvert convert`, without the name of the program and of the sub-command.
    func arguments(before arguments: [String]) throws -> [String] {
        var positional: [String] = []
        var result: [String] = []
        let hasModel = options.hasPositional(arguments)
        for option in options {
            guard let value = members[option.name] else { continue }
            let values = try texts(of: value, for: option)
            switch option.kind {
            case .positional: positional += hasModel ? [] : values
            case .flag: result += values
            case .option: result += values.flatMap { ["--\(option.name)", $0] }
            }
        }
        return result + positional + arguments
    }

    /// What is wrong with a text, and where, as far as the decoder tells.
    private static func place(in context: DecodingError.Context) -> String {
        let details = (context.underlyingError as? CocoaError)?.userInfo["NSDebugDescription"]
        guard let text = details as? String else { return "" }
        return ": " + (text.hasSuffix(".") ? String(text.dropLast()) : text)
    }

    private func option(_ name: String) -> ConfigOption? { options.first { $0.name == name } }

    /// What follows the name of an option on the command line; for a flag the flag itself.
    private func texts(of value: ConfigValue, for option: ConfigOption) throws -> [String] {
        if option.kind == .flag {
            guard case .bool(let isOn) = value else {
                throw failure(option, "true or false")
            }
            return isOn ? ["--\(option.name)"] : option.negation.map { ["--\($0)"] } ?? []
        }
        let texts: [String]
        switch (value, option.isRepeating) {
        case (.array(let elements), true):
            texts = try elements.map { try text(of: $0, for: option) }
        case (.object(let members), true):
            texts = try members.sorted { $0.key < $1.key }.map { key, value in
                "\(key)=\(try text(of: value, for: option))"
            }
        default:
            texts = [try text(of: value, for: option)]
        }
        return option.isPath ? texts.map(resolved) : texts
    }

    /// A text or a number; an array of these with commas.
    private func text(of value: ConfigValue, for option: ConfigOption) throws -> String {
        switch value {
        case .text(let text): text
        case .array(let elements):
            try elements.map { try text(of: $0, for: option) }.joined(separator: ",")
        case .bool, .object: throw failure(option, "a text, a number or a list of them")
        }
    }

    /// A path of the file, relative to the working directory; `-` and `:random` are not paths.
    private func resolved(_ text: String) -> String {
        guard !text.hasPrefix("/"), !text.hasPrefix(":"), text != "-",
            let slash = path.lastIndex(of: "/")
        else { return text }
        return path[...slash] + text
    }

    private func failure(_ option: ConfigOption, _ expected: String) -> Command.Failure {
        Self.failure(path, "'\(option.name)' has to be \(expected)", "Correct the file.")
    }

    private static func failure(
        _ path: String, _ message: String, _ remedy: String
    ) -> Command.Failure {
        Command.Failure(
            description: "error: file '\(path)': \(message).\n       \(remedy)", code: .usage)
    }
}

extension ConfigFile {
    /// The arguments of the program in which a `--config` is replaced by what its file says; itself it stays.
    ///
    /// - Parameter arguments: those of the program, without its name.
    static func expanding(_ arguments: [String]) throws -> [String] {
        let hasName = arguments.first == ConvertCommand.configuration.commandName
        let rest = Array(arguments.dropFirst(hasName ? 1 : 0))
        guard hasName || !KConvertCommand.isCommandName(arguments.first), let path = path(in: rest)
        else { return arguments }
        return (hasName ? [arguments[0]] : [])
            + (try ConfigFile(path: path).arguments(before: rest))
    }

    /// The value of `--config`; nil if there is none.
    private static func path(in arguments: [String]) -> String? {
        let arguments = arguments.prefix { $0 != "--" }
        if let index = arguments.firstIndex(of: "--config") {
            return index + 1 < arguments.count ? arguments[index + 1] : nil
        }
        let prefix = "--config="
        return arguments.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
