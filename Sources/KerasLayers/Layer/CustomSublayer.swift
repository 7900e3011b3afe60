import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// A layer inside a layer that a caller has described: one of Keras' own or another one of the caller's.
package struct CustomSublayer {
    private let call: CustomCall
    private let index: Int
    let owner: WeightOwner
    private let layer: any KerasLayer

    init(
        of call: CustomCall, index: Int, attribute: String, position: Int?, _ json: JSONValue
    ) throws {
        self.call = call
        self.index = index
        let context = call.scope.context
        let description = try ModelParser(version: context.version).layer(json, name: attribute)
        guard description.model == nil else {
            throw Problem(
                .unsupported(
                    what: "'\(attribute)' is a model inside a layer",
                    remedy: "Build its layers one by one, as sublayers of '\(attribute)/layers'."))
        }
        let path = "\(call.scope.builder.layer)/\(attribute)"
        layer = try locating(layer: path, class: description.className) {
            try context.maker.make(context.nested(description))
        }
        owner = WeightOwner(attribute: attribute, position: position, layer: description)
    }

    /// The outputs of the layer for these inputs; every call has the same weights.
    package func apply(
        _ inputs: [ValueID], keywords: [String: CallArgument] = [:]
    ) throws -> [ValueID] {
        let builder = call.scope.builder
        let outer = builder.layer
        builder.layer = "\(outer)/\(owner.path)"
        defer { builder.layer = outer }
        return try locating(layer: builder.layer, class: owner.layer.className) {
            let values = try inputs.map { input in
                layer.acceptsIntegers || builder.dtype(of: input).isFloat
                    ? input : try builder.cast(input, to: .float32)
            }
            var context = CallContext(
                inputs: values, masks: inputs.map { call.masks[$0] },
                arguments: values.map { .tensor($0) }, keywords: keywords)
            let outputs = try build(&context, in: builder)
            let mask = try layer.outputMask(context, in: builder)
            if let first = outputs.first { call.setMask(mask ?? call.masks[first], of: first) }
            return outputs
        }
    }

    private func build(
        _ context: inout CallContext, in builder: GraphBuilder
    ) throws -> [ValueID] {
        if let stored = try call.weights(ofSublayer: index) {
            context.weights = stored
            return try layer.build(context, in: builder)
        }
        if let composite = layer as? any CompositeLayer {
            let (specs, outputs) = try composite.survey(context, in: builder)
            try call.note(specs, ofSublayer: index)
            return outputs
        }
        let types = context.inputs.map { builder.type(of: $0) }
        let specs = try layer.weightSpecs(for: types, in: context)
        try call.note(specs, ofSublayer: index)
        context.weights = LayerWeights(specs, specs.map { $0.placeholder })
        return try layer.build(context, in: builder)
    }
}
