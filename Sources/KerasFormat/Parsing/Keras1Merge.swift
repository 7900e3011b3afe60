import Foundations
import Problems

/// Keras 1's one class for all layers that join several tensors.
enum Keras1Merge {
    /// The class name; kept if the mode has no class in Keras 2, and at the head of a sequential model.
    static let className = "Merge"

    private static let classes: [String: String] = [
        "sum": "Add", "mul": "Multiply", "concat": "Concatenate", "ave": "Average",
        "max": "Maximum", "dot": "Dot", "cos": "Dot",
    ]

    /// The layer object in terms of Keras 2; one with branches at the head of a sequential model stays as it is.
    static func translated(_ object: JSONObject) -> JSONObject {
        guard let config = object["config"]?.object, config["layers"]?.array?.isEmpty != false
        else {
            return object
        }
        return joining(object)
    }

    /// The layer object without its branches, in terms of Keras 2.
    static func joining(_ object: JSONObject) -> JSONObject {
        guard let config = object["config"]?.object else { return object }
        if ["lambda", "function"].contains(config["mode_type"]?.string) {
            return lambda(object, config)
        }
        guard let mode = config["mode"]?.string, let className = classes[mode] else {
            return object
        }
        var fields = JSONObject()
        fields["name"] = config["name"]
        fields["axis"] = mode == "concat" ? config["concat_axis"] ?? .int(-1) : nil
        if className == "Dot" {
            fields["axes"] = config["dot_axes"] ?? .int(-1)
            fields["normalize"] = .bool(mode == "cos")
        }
        var joining = object
        joining["class_name"] = .string(className)
        joining["config"] = .object(fields)
        return joining
    }

    /// A merge by a function of the author's, which is a Lambda of several inputs.
    private static func lambda(_ object: JSONObject, _ config: JSONObject) -> JSONObject {
        var fields = JSONObject()
        fields["name"] = config["name"]
        fields["function"] = config["mode"]
        fields["function_type"] = config["mode_type"]
        fields["arguments"] = config["arguments"]
        var lambda = object
        lambda["class_name"] = .string("Lambda")
        lambda["config"] = .object(fields)
        return lambda
    }
}

extension ModelParser {
    /// A sequential model that starts by merging branches: the layers of all branches, the merge and the rest of the chain
    /// as one graph.
    ///
    /// The weights file lists the layers of the branches one by one, each once.
    func merged(_ objects: [JSONValue], name: String) throws -> ModelDescription {
        guard let head = objects.first?.object, let branches = head["config"]?["layers"]?.array
        else { throw Problem(.brokenTopology("the model merges no branches")) }
        var layers: [LayerDescription] = []
        var inputs: [TensorReference] = []
        var ends: [Argument] = []
        for (index, branch) in branches.enumerated() {
            let model = try self.branch(branch, index: index)
            for layer in model.layers where !layers.contains(where: { $0.name == layer.name }) {
                layers.append(layer)
            }
            inputs += model.inputs.tensors.filter { !inputs.contains($0) }
            ends += model.outputs.tensors.map { .tensor($0) }
        }
        var argument = Argument.list(ends)
        for object in [.object(Keras1Merge.joining(head))] + objects.dropFirst() {
            var layer = try layer(object)
            layer.calls = [CallDescription(arguments: [argument])]
            layers.append(layer)
            argument = .tensor(TensorReference(layer: layer.name, node: 0, tensor: 0))
        }
        try checkNames(of: layers)
        return ModelDescription(
            kind: .functional, name: name, version: version, layers: layers,
            inputs: .list(inputs.map { .tensor($0) }), outputs: .list([argument]))
    }

    /// A branch as a model: a model, or one layer with a stated shape.
    private func branch(_ object: JSONValue, index: Int) throws -> ModelDescription {
        let name = object["name"]?.string ?? "branch_\(index + 1)"
        if let model = try layer(object, name: name).model { return model }
        return try sequential([object], name: name, outer: .null)
    }
}
