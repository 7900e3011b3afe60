import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// The cell of `GRU`.
///
///     z = σ(x_z + h·R_z)      r = σ(x_r + h·R_r)
///     h̃ = φ(x_h + r·(h·R_h + b))      after the product (`reset_after`)
///     h̃ = φ(x_h + (r·h)·R_h)          before it
///     h = z·h + (1 − z)·h̃
///
/// Weights: kernel `(in, 3·units)`, recurrent kernel `(units, 3·units)`, bias `(3·units)` or, resetting after,
/// `(2, 3·units)`: of x and of h. The shape of the stored bias decides; `(6·units)` marks weights of `CuDNNGRU`.
struct GRUCell: RecurrentCell {
    let units: Int
    let usesBias: Bool
    let resetsAfter: Bool
    let activation: LayerActivation
    let recurrentActivation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        usesBias = try config.bool("use_bias", default: true)
        resetsAfter = try config.bool("reset_after", default: false)
        activation = try config.activation(context, default: .tanh)
        recurrentActivation = try config.activation(
            context, field: "recurrent_activation", default: context.gateActivation)
    }

    /// The cell of `CuDNNGRU`.
    init(hardwareUnits units: Int) {
        self.units = units
        usesBias = true
        resetsAfter = true
        activation = .function(.tanh)
        recurrentActivation = .function(.sigmoid)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        let bias = resetsAfter ? [[2, 3], [3], [6]] : [[3], [2, 3], [6]]
        return try WeightSpec.gates(3, units: units, input: input, bias: usesBias ? bias : nil)
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { [[units]] }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        let blocks = GateBlocks(weights, units: units)
        return Prepared(
            cell: self, resetsAfter: usesBias ? blocks.recurrentBias != nil : resetsAfter,
            gates: GateProduct(blocks.slice(0..<2), in: builder),
            candidate: GateProduct(blocks.slice(2..<3), in: builder))
    }

    private struct Prepared: PreparedCell {
        let cell: GRUCell
        let resetsAfter: Bool
        let gates: GateProduct
        let candidate: GateProduct

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            try [gates, candidate].map { try $0.project(x, in: builder) }
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let h = states[0]
            let values = try cell.recurrentActivation.applyToGates(
                builder.add(projections[0], gates.recur(h, in: builder)), count: 2,
                units: cell.units, in: builder)
            let (z, r) = (values[0], values[1])
            let memory =
                resetsAfter
                ? try builder.multiply(r, candidate.recur(h, in: builder))
                : try candidate.recur(builder.multiply(r, h), in: builder)
            let proposal = try cell.activation.apply(
                to: builder.add(projections[1], memory), in: builder)
            let change = try builder.multiply(z, builder.subtract(h, proposal))
            return [try builder.add(proposal, change)]
        }
    }
}
