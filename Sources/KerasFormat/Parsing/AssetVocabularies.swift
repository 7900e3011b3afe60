import Foundations
import Problems
import Tensors

/// Vocabularies of adapted lookup layers, which archives hold as text files beside the architecture.
///
///     assets/layers/<group>/vocabulary.txt    one token a line; <group> as in the weights: integer_lookup, integer_lookup_1, …
package enum AssetVocabularies {
    /// An architecture with the vocabularies of its lookup layers filled in.
    ///
    /// - Parameter read: the text of a file of the archive; nil if it has none of the name.
    package static func filled(
        _ model: JSONValue, at path: String = "assets", _ read: (String) throws -> String?
    ) rethrows -> JSONValue {
        guard var object = model.object, var config = object["config"]?.object,
            let layers = config["layers"]?.array
        else { return model }
        let isSequential = config["output_layers"] == nil
        var counts: [String: Int] = [:]
        config["layers"] = .array(
            try layers.map { layer in
                guard let name = layer["class_name"]?.string, !isOperation(layer),
                    !(isSequential && name == "InputLayer")
                else { return layer }
                let base = ObjectNaming.base(ofClass: name)
                let group = ObjectNaming.name(base, counts[base, default: 0])
                counts[base, default: 0] += 1
                let inner = "\(path)/layers/\(group)"
                if layer["config"]?["layers"] != nil { return try filled(layer, at: inner, read) }
                return try lookup(layer, at: inner, read)
            })
        object["config"] = .object(config)
        return .object(object)
    }

    private static func isOperation(_ layer: JSONValue) -> Bool {
        guard let module = layer["module"]?.string else { return false }
        return module.contains("keras.src.ops") || module.contains("keras.src.activations")
    }

    /// The layer with its vocabulary if it is a lookup of integers without one.
    private static func lookup(
        _ layer: JSONValue, at path: String, _ read: (String) throws -> String?
    ) rethrows -> JSONValue {
        guard layer["class_name"] == .string("IntegerLookup"), var object = layer.object,
            var config = object["config"]?.object, config["vocabulary"]?.array == nil,
            let text = try read("\(path)/vocabulary.txt")
        else { return layer }
        let tokens = text.split(whereSeparator: \.isNewline).map { Int64($0) }
        guard tokens.allSatisfy({ $0 != nil }) else { return layer }
        config["vocabulary"] = .array(tokens.compactMap { $0.map { .int($0) } })
        object["config"] = .object(config)
        return .object(object)
    }
}
