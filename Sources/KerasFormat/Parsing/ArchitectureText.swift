import Foundations
import Problems

/// Architectures in the forms in which people write them to files.
///
///     {"class_name": …}            model.to_json()
///     "{\"class_name\": …}"        the same, written with json.dump
///     {"name": …, "layers": […]}   model.get_config()
///     [{"class_name": …}, …]       the configuration of a Sequential of early versions
package enum ArchitectureText {
    /// How often JSON may be the text of a JSON string.
    private static let maximumQuotes = 3

    /// Whether text begins like JSON: with an object, a list or a string.
    package static func isJSON(_ text: some Collection<UInt8>) -> Bool {
        let first = text.prefix(4096).first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        return first.map {
            [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains($0)
        }
            ?? false
    }

    /// The value in JSON text, or in the text that a JSON string holds.
    ///
    /// - Parameter text: UTF-8.
    /// - Throws: `Problem` as `JSONParser.parse`.
    package static func value(_ text: [UInt8]) throws -> JSONValue {
        var value = try text.withUnsafeBytes { try JSONParser.parse($0) }
        for _ in 0..<maximumQuotes {
            guard case .string(let inner) = value, isJSON(inner.utf8) else { break }
            value = try JSONParser.parse(inner)
        }
        return value
    }

    /// The object of a model: a configuration without its class gets the class that its fields tell.
    static func model(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let layers) where layers.first?["class_name"] != nil:
            return .object(JSONObject([("class_name", .string("Sequential")), ("config", value)]))
        case .object(let object) where object["class_name"] == nil:
            guard object["layers"]?.array != nil else { return value }
            let name = object["output_layers"] == nil ? "Sequential" : "Functional"
            return .object(JSONObject([("class_name", .string(name)), ("config", value)]))
        default:
            return value
        }
    }
}
