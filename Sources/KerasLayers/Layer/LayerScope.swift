import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// What code of a caller builds its part of the graph with.
package struct LayerScope {
    /// The graph that is being built.
    package let builder: GraphBuilder
    let context: LayerContext

    /// The generation of Keras that wrote the file: 1, 2 or 3.
    package var generation: Int { context.generation.rawValue }

    /// The activation that Keras, or the caller, knows under a name.
    package func activation(_ name: String, _ x: ValueID) throws -> ValueID {
        try activation(.string(name), x)
    }

    /// The activation that a field of a configuration asks for; none is the identity.
    package func activation(_ value: JSONValue, _ x: ValueID) throws -> ValueID {
        try LayerConfig(JSONObject([("activation", value)])).activation(context)
            .apply(to: x, in: builder)
    }

    /// An operation of `keras.ops` by the name of its class, with tensors first and other arguments by name.
    package func operation(
        _ name: String, _ inputs: [ValueID], _ arguments: JSONObject
    ) throws -> [ValueID] {
        let build = try NamedOperation.named(name, as: "keras.ops \(name)")
        return try locating(layer: builder.layer) {
            try build(
                OperationArguments(
                    tensors: inputs, positional: inputs.map { .tensor($0) },
                    config: LayerConfig(arguments), in: builder), builder)
        }
    }

    /// A layer without weights, of Keras or of the caller, on one tensor.
    package func layer(_ json: JSONValue, _ x: ValueID) throws -> ValueID {
        try LayerActivation.layer(context.layer(json)).apply(to: x, in: builder)
    }

    /// a ∘ b, broadcasting; if one is an integer and one a float, the integer is cast.
    package func binary(_ kind: Binary.Kind, _ a: ValueID, _ b: ValueID) throws -> ValueID {
        let operands = try builder.commonType([a, b], float: kind == .divide)
        return try builder.binary(kind, operands[0], operands[1])
    }

    /// x · kernel + bias over the last axis of x; kernel `(in, units)`, as `Dense` stores it.
    package func dense(_ x: ValueID, kernel: ValueID, bias: ValueID?) throws -> ValueID {
        try builder.requireRank(kernel, 2)
        let transposed =
            if let stored = builder.graph[kernel].constant {
                builder.constant(stored.permuted([1, 0]), role: "kernel")
            } else {
                try builder.transpose(kernel, [1, 0])
            }
        return try builder.add(
            .fullyConnected(FullyConnected()), [x, transposed] + (bias.map { [$0] } ?? []))
    }
}
