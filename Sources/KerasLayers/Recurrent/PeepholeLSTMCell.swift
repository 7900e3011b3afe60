import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `PeepholeLSTMCell` of tensorflow-addons: an LSTM whose gates see the cell state.
///
///     i, f, c̃, o = split(x·K + h·R + b)
///     c' = σ(f + pf·c)·c + σ(i + pi·c)·φ(c̃)
///     h = σ(o + po·c')·φ(c')
///
/// Weights: those of `LSTMCell`, then pi, pf and po `(units)`.
struct PeepholeLSTMCell: RecurrentCell {
    private let cell: LSTMCell

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try LSTMCell(config: config, context: context)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        try cell.weightSpecs(for: input)
            + ["input", "forget", "output"].map {
                WeightSpec("\($0)_gate_peephole_weights", dims: [cell.units])
            }
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { try cell.stateShapes(for: input) }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        Prepared(
            cell: cell, products: CellProducts(weights, usesBias: cell.usesBias, in: builder),
            peepholes: Array(weights.suffix(3)))
    }

    private struct Prepared: PreparedCell {
        let cell: LSTMCell
        let products: CellProducts
        let peepholes: [Constant]

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            [try products.addBias(to: products.project(x, in: builder), in: builder)]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let sum = try builder.add(
                projections[0], products.recur(states[0], in: builder))
            let gates = try builder.gates(sum, count: 4, units: cell.units)
            func gate(_ gate: ValueID, _ peephole: Int, _ c: ValueID) throws -> ValueID {
                let seen = try builder.multiply(
                    c, builder.constant(peepholes[peephole], role: "peephole"))
                return try cell.recurrentActivation.apply(
                    to: builder.add(gate, seen), in: builder)
            }
            let kept = try builder.multiply(gate(gates[1], 1, states[1]), states[1])
            let new = try builder.multiply(
                gate(gates[0], 0, states[1]), cell.activation.apply(to: gates[2], in: builder))
            let c = try builder.add(kept, new)
            let h = try builder.multiply(
                gate(gates[3], 2, c), cell.activation.apply(to: c, in: builder))
            return [h, c]
        }
    }
}
