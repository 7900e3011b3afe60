import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// The cell of `LSTM`.
///
///     i, f, c̃, o = split(x·K + h·R + b)
///     c = σ(f)·c + σ(i)·φ(c̃)
///     h = σ(o)·φ(c)
///
/// Weights: kernel `(in, 4·units)`, recurrent kernel `(units, 4·units)`, bias `(4·units)`, in the order i, f, c̃, o.
/// A bias `(8·units)` marks weights of `CuDNNLSTM`.
struct LSTMCell: RecurrentCell {
    let units: Int
    let usesBias: Bool
    let activation: LayerActivation
    let recurrentActivation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        units = try config.size("units")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context, default: .tanh)
        recurrentActivation = try config.activation(
            context, field: "recurrent_activation", default: context.gateActivation)
    }

    /// The cell of `CuDNNLSTM`.
    init(hardwareUnits units: Int) {
        self.units = units
        usesBias = true
        activation = .function(.tanh)
        recurrentActivation = .function(.sigmoid)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        try WeightSpec.gates(4, units: units, input: input, bias: usesBias ? [[4], [8]] : nil)
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] { [[units], [units]] }

    func sequence(
        _ inputs: [ValueID], _ weights: [Constant], in builder: GraphBuilder
    ) throws -> [ValueID]? {
        guard let function = activation.cellActivation, recurrentActivation.isSigmoid else {
            return nil
        }
        let blocks = GateBlocks(weights, units: units)
        return try builder.addMulti(
            .lstm(LSTM(activation: function)),
            [
                inputs[0], builder.constant(blocks.kernel, role: "kernel"),
                builder.constant(blocks.recurrent, role: "recurrent_kernel"),
                builder.constant(blocks.bias, role: "bias"),
            ] + inputs.dropFirst())
    }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        let blocks = GateBlocks(weights, units: units)
        return Prepared(
            cell: self, inputForget: GateProduct(blocks.slice(0..<2), in: builder),
            candidate: GateProduct(blocks.slice(2..<3), in: builder),
            output: GateProduct(blocks.slice(3..<4), in: builder))
    }

    private struct Prepared: PreparedCell {
        let cell: LSTMCell
        let inputForget: GateProduct
        let candidate: GateProduct
        let output: GateProduct

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            try [inputForget, candidate, output].map { try $0.project(x, in: builder) }
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let sums = try zip(projections, [inputForget, candidate, output]).map { x, product in
                try builder.add(x, product.recur(states[0], in: builder))
            }
            let gates = try cell.recurrentActivation.applyToGates(
                sums[0], count: 2, units: cell.units, in: builder)
            let o = try cell.recurrentActivation.apply(to: sums[2], in: builder)
            let candidate = try cell.activation.apply(to: sums[1], in: builder)
            let c = try builder.add(
                builder.multiply(gates[1], states[1]), builder.multiply(gates[0], candidate))
            let h = try builder.multiply(o, cell.activation.apply(to: c, in: builder))
            return [h, c]
        }
    }
}

extension WeightSpec {
    /// The weights of a cell of fully connected gates; `bias` holds the possible shapes in units of gates.
    static func gates(
        _ gates: Int, units: Int, input: TensorType, bias: [[Int]]?
    ) throws -> [WeightSpec] {
        let width = try checkedProduct(gates, units, "units")
        var specs = [
            WeightSpec("kernel", dims: [try input.shape.knownExtent(-1), width]),
            WeightSpec("recurrent_kernel", dims: [units, width]),
        ]
        let shapes = (bias ?? []).map { Shape($0.dropLast() + [units * ($0.last ?? gates)]) }
        if let first = shapes.first {
            specs.append(WeightSpec("bias", first, or: Array(shapes.dropFirst())))
        }
        return specs
    }
}
