import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `LayerNormSimpleRNNCell` of tensorflow-addons: h = φ(norm(x·K + h·R) + b).
///
/// Weights: those of `SimpleRNNCell`, then gamma of the norm.
struct NormalizedSimpleRNNCell: RecurrentCell {
    private let cell: SimpleRNNCell
    private let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try SimpleRNNCell(config: config, context: context)
        epsilon = try config.double("layernorm_epsilon", default: 1e-5)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        try cell.weightSpecs(for: input) + [WeightSpec("layernorm/gamma", dims: [cell.units])]
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { try cell.stateShapes(for: input) }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        Prepared(
            cell: cell, products: CellProducts(weights, usesBias: cell.usesBias, in: builder),
            norm: CellNormalization(
                gamma: weights[weights.count - 1], beta: nil, epsilon: epsilon))
    }

    private struct Prepared: PreparedCell {
        let cell: SimpleRNNCell
        let products: CellProducts
        let norm: CellNormalization

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            [try products.project(x, in: builder)]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let sum = try builder.add(
                projections[0], products.recur(states[0], in: builder))
            let y = try products.addBias(to: norm.apply(to: sum, in: builder), in: builder)
            return [try cell.activation.apply(to: y, in: builder)]
        }
    }
}
