import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// A layer that does what another one does with a configuration of its own.
protocol ForwardingLayer: KerasLayer {
    var layer: any KerasLayer { get }
}

extension ForwardingLayer {
    var acceptsIntegers: Bool { layer.acceptsIntegers }

    var passesMask: Bool { layer.passesMask }

    var actsOnLastAxis: Bool { layer.actsOnLastAxis }

    var inputNames: [String] { layer.inputNames }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try layer.weightSpecs(for: inputs)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        try layer.build(call, in: builder)
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try layer.outputMask(call, in: builder)
    }
}

extension LayerConfig {
    /// The configuration with other values for some fields.
    func replacing(_ fields: KeyValuePairs<String, JSONValue>) -> LayerConfig {
        var object = object
        for (field, value) in fields { object[field] = value }
        return LayerConfig(object)
    }
}
