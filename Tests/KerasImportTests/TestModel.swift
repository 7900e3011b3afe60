import GraphIR
import KerasFormat
import KerasImport
import KerasWeights
import Problems
import Tensors

/// Small models written down in a test.
enum TestModel {
    /// A layer object of a Sequential.
    static func layer(_ className: String, _ name: String, _ fields: String = "") -> String {
        let rest = fields.isEmpty ? "" : ", \(fields)"
        return #"{"class_name": "\#(className)", "config": {"name": "\#(name)"\#(rest)}}"#
    }

    /// The JSON of a Sequential with an input called `x`.
    static func sequential(
        input: String, dtype: String = "float32", version: String = "2.15.0", _ layers: String...
    ) -> String {
        let entry = layer(
            "InputLayer", "x", #""batch_input_shape": \#(input), "dtype": "\#(dtype)""#)
        return #"""
            {"class_name": "Sequential", "keras_version": "\#(version)",
             "config": {"name": "model", "layers": [\#(([entry] + layers).joined(separator: ","))]}}
            """#
    }

    /// Weights of layers with these shapes, whose elements are 0, 1, 2, ….
    static func weights(
        _ layers: [(name: String, shapes: [Shape])], backend: String = "tensorflow"
    ) -> StoredWeights {
        StoredWeights(
            file: "weights.h5", kerasVersion: "2.15.0", backend: backend,
            layers: layers.map { layer in
                StoredLayer(
                    name: layer.name,
                    weights: layer.shapes.enumerated().map { number, shape in
                        StoredWeight(name: "\(layer.name)/w\(number):0", shape: shape) {
                            Constant((0..<shape.elementCount).map { Double($0) }, shape)
                        }
                    })
            })
    }

    /// The graph of a model, verified.
    static func imported(
        _ json: String, _ layers: [(name: String, shapes: [Shape])] = [],
        backend: String = "tensorflow", options: ImportOptions = ImportOptions()
    ) throws -> ImportedModel {
        let model = try KerasImporter.importModel(
            ModelParser.model(JSONParser.parse(json)), weights: weights(layers, backend: backend),
            options: options)
        try model.graph.verify()
        return model
    }

    /// The problems that keep a model from being imported.
    static func problems(
        _ json: String, _ layers: [(name: String, shapes: [Shape])] = [],
        options: ImportOptions = ImportOptions()
    ) -> [Problem] {
        do {
            _ = try imported(json, layers, options: options)
            return []
        } catch let problems as Problems {
            return problems.all
        } catch let problem as Problem {
            return [problem]
        } catch {
            return []
        }
    }
}

extension ImportedModel {
    /// The shape of the first output.
    var outputShape: Shape? { graph.outputs.first.map { graph[$0.value].shape } }

    /// The names of the operations in running order.
    var operations: [String] { graph.nodes.map { $0.op.name } }

    /// The constants that the nodes of a kind read, in order.
    func constants(of operation: String) -> [Constant] {
        graph.nodes.filter { $0.op.name == operation }
            .flatMap { $0.inputs.compactMap { graph.constant($0) } }
    }
}
