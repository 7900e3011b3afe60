import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ESNCell` of tensorflow-addons, the cell of an echo state network: h' = (1 − leaky) · h + leaky · φ(x·K + h·R + b).
///
/// Weights: recurrent kernel `(units, units)`, kernel `(in, units)`, bias `(units)`, none of which is trained.
struct ESNCell: RecurrentCell {
    let cell: SimpleRNNCell
    let leak: Double

    init(config: LayerConfig, context: LayerContext) throws {
        cell = try SimpleRNNCell(config: config, context: context)
        leak = try config.double("leaky", default: 1)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        Self.swapped(try cell.weightSpecs(for: input)).map { spec in
            var frozen = spec
            frozen.isTrainable = false
            return frozen
        }
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { try cell.stateShapes(for: input) }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        Prepared(cell: try cell.prepare(Self.swapped(weights), in: builder), leak: leak)
    }

    /// The kernels in the other order.
    private static func swapped<Element>(_ weights: [Element]) -> [Element] {
        guard weights.count > 1 else { return weights }
        var result = weights
        result.swapAt(0, 1)
        return result
    }

    private struct Prepared: PreparedCell {
        let cell: any PreparedCell
        let leak: Double

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            try cell.project(x, in: builder)
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let new = try cell.step(projections, states: states, in: builder)[0]
            if leak == 1 { return [new] }
            return [
                try builder.add(
                    builder.binary(.multiply, states[0], 1 - leak),
                    builder.binary(.multiply, new, leak))
            ]
        }
    }
}
