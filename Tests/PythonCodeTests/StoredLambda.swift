import Foundation

import PythonCode

/// A function in the configuration of a Keras model.
struct StoredLambda {
    private let code: String
    private let defaults: [NumberMeaning.Value]
    private let closure: [NumberMeaning.Value]
    private let arguments: [String: NumberMeaning.Value]

    /// The functions of Lambda layers and activations anywhere in a configuration.
    static func all(in json: Any) throws -> [StoredLambda] {
        if let list = json as? [Any] { return try list.flatMap { try all(in: $0) } }
        guard let object = json as? [String: Any] else { return [] }
        var found: [StoredLambda] = []
        let config = object["config"] as? [String: Any] ?? [:]
        if object["class_name"] as? String == "Lambda" {
            found += try Self(config["function"], config).map { [$0] } ?? []
        }
        found +=
            try Self((config["activation"] as? [String: Any])?["value"], config).map { [$0] } ?? []
        return try found + object.keys.sorted().flatMap { try all(in: object[$0] as Any) }
    }

    /// Nil if only a name is stored.
    private init?(_ function: Any?, _ config: [String: Any]) throws {
        var parts: [Any] = []
        if let text = function as? String {
            parts = [text]
        } else if let list = function as? [Any] {
            parts = list
        } else if let object = (function as? [String: Any])?["config"] as? [String: Any] {
            parts = ["code", "defaults", "closure"].map { object[$0] as Any }
        }
        guard let code = parts.first as? String, config["function_type"] as? String != "function"
        else { return nil }
        self.code = code
        defaults = try Self.values(parts.count > 1 ? parts[1] : nil)
        closure = try Self.values(parts.count > 2 ? parts[2] : nil)
        arguments = try (config["arguments"] as? [String: Any] ?? [:]).mapValues(Self.value)
    }

    private static func values(_ json: Any?) throws -> [NumberMeaning.Value] {
        try (json as? [Any] ?? []).map(value)
    }

    private static func value(_ json: Any) throws -> NumberMeaning.Value {
        let array = (json as? [String: Any])?["config"] as? [String: Any]
        let data = try JSONSerialization.data(
            withJSONObject: [array?["value"] ?? json], options: .fragmentsAllowed)
        return try JSONDecoder().decode([NumberMeaning.Value].self, from: data)[0]
    }

    /// What the function returns.
    func text() throws -> String {
        let function = try PythonFunction(marshal: StoredText.bytes(code))
        var values: [String: PythonExpression] = [:]
        if function.parameters.dropFirst().contains("training") {
            values["training"] = PythonExpression(.boolean(false))
        }
        for (name, value) in zip(function.parameters.suffix(defaults.count), defaults) {
            values[name] = value.expression
        }
        for (name, value) in arguments { values[name] = value.expression }
        return try PythonText().text(
            function.expression(values, closure: closure.map(\.expression)))
    }
}
