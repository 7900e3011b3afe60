import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// A layer whose weights are quantized before it computes with them, and whose inputs and outputs may be.
protocol QuantizedWeightsLayer: KerasLayer {
    /// The layer of Keras that computes.
    var layer: any KerasLayer { get }
    /// The quantizers of weights by their roles.
    var quantizers: [String: PackageQuantizer] { get }

    /// What the layer computes on.
    func prepared(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID

    /// What becomes of the result.
    func finished(_ y: ValueID, in builder: GraphBuilder) throws -> ValueID
}

extension QuantizedWeightsLayer {
    var passesMask: Bool { layer.passesMask }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try layer.weightSpecs(for: inputs)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        var inner = call
        inner.weights = LayerWeights(
            specs,
            try specs.map { spec in
                let weight = try call.weight(spec.role)
                return quantizers[spec.role]?.quantized(weight) ?? weight
            })
        inner.inputs = [try prepared(call.onlyInput(), in: builder)]
        return [try finished(layer.build(inner, in: builder).only(), in: builder)]
    }
}

extension LayerContext {
    /// The layer of Keras of another class, with fields of the configuration replaced.
    func layer(
        ofClass className: String, replacing fields: KeyValuePairs<String, JSONValue>
    ) throws -> any KerasLayer {
        try layer(
            .object(
                JSONObject([
                    ("class_name", .string(className)), ("module", .string("keras.layers")),
                    ("config", .object(description.config.replacing(fields).object)),
                ])))
    }
}
