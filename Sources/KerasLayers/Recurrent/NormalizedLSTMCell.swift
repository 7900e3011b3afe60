import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `LayerNormLSTMCell` of tensorflow-addons: an LSTM whose products and cell state are normalized.
///
///     i, f, c̃, o = split(norm(x·K) + norm(h·R) + b)
///     c = norm(σ(f)·c + σ(i)·φ(c̃))
///     h = σ(o)·φ(c)
///
/// Weights: those of `LSTMCell`, then gamma and beta of the norms of x·K, of h·R and of c.
struct NormalizedLSTMCell: RecurrentCell {
    private let cell: LSTMCell
    private let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try LSTMCell(config: config, context: context)
        epsilon = try config.double("norm_epsilon", default: 1e-3)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        let norms = [("kernel_norm", 4), ("recurrent_norm", 4), ("state_norm", 1)]
        return try cell.weightSpecs(for: input)
            + norms.flatMap { name, gates in
                ["gamma", "beta"].map {
                    WeightSpec("\(name)/\($0)", dims: [gates * cell.units])
                }
            }
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { try cell.stateShapes(for: input) }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        let norms = weights.suffix(6)
        func norm(_ index: Int) -> CellNormalization {
            let first = norms.startIndex + 2 * index
            return CellNormalization(gamma: norms[first], beta: norms[first + 1], epsilon: epsilon)
        }
        return Prepared(
            cell: cell, products: CellProducts(weights, usesBias: cell.usesBias, in: builder),
            norms: (0..<3).map(norm))
    }

    private struct Prepared: PreparedCell {
        let cell: LSTMCell
        let products: CellProducts
        let norms: [CellNormalization]

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            let y = try norms[0].apply(to: products.project(x, in: builder), in: builder)
            return [try products.addBias(to: y, in: builder)]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let product = try products.recur(states[0], in: builder)
            let sum = try builder.add(
                projections[0], norms[1].apply(to: product, in: builder))
            let gates = try builder.gates(sum, count: 4, units: cell.units)
            let (sigma, phi) = (cell.recurrentActivation, cell.activation)
            let kept = try builder.multiply(sigma.apply(to: gates[1], in: builder), states[1])
            let new = try builder.multiply(
                sigma.apply(to: gates[0], in: builder), phi.apply(to: gates[2], in: builder))
            let c = try norms[2].apply(to: builder.add(kept, new), in: builder)
            let h = try builder.multiply(
                sigma.apply(to: gates[3], in: builder), phi.apply(to: c, in: builder))
            return [h, c]
        }
    }
}
