import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// The cell of `SimpleRNN`: h = φ(x·K + h·R + b).
///
/// Weights: kernel `(in, units)`, recurrent kernel `(units, units)`, bias `(units)`.
struct SimpleRNNCell: RecurrentCell {
    let units: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context, default: .tanh)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        try WeightSpec.gates(1, units: units, input: input, bias: usesBias ? [[1]] : nil)
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { [[units]] }

    func sequence(
        _ inputs: [ValueID], _ weights: [Constant], in builder: GraphBuilder
    ) throws -> [ValueID]? {
        guard let function = activation.cellActivation else { return nil }
        let blocks = GateBlocks(weights, units: units)
        let h = try builder.add(
            .simpleRNN(SimpleRNN(activation: function)),
            [
                inputs[0], builder.constant(blocks.kernel, role: "kernel"),
                builder.constant(blocks.recurrent, role: "recurrent_kernel"),
                builder.constant(blocks.bias, role: "bias"),
            ] + inputs.dropFirst())
        return [h]
    }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        Prepared(
            product: GateProduct(GateBlocks(weights, units: units), in: builder),
            activation: activation)
    }

    private struct Prepared: PreparedCell {
        let product: GateProduct
        let activation: LayerActivation

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            [try product.project(x, in: builder)]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let sum = try builder.add(projections[0], product.recur(states[0], in: builder))
            return [try activation.apply(to: sum, in: builder)]
        }
    }
}
