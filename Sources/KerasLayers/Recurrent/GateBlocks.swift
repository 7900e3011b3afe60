import GraphIR
import Problems
import Tensors

/// The weights of a cell of fully connected gates, stacked `[gates · units, …]`.
struct GateBlocks {
    let units: Int
    /// The kernel of x, `[gates · units, in]`.
    var kernel: Constant
    /// The kernel of h, `[gates · units, units]`.
    var recurrent: Constant
    /// The bias, `[gates · units]`.
    var bias: Constant
    /// The bias of the recurrent product, if it has one of its own.
    var recurrentBias: Constant?

    /// The weights as Keras stores them: kernels `(in, gates · units)`, a bias `(gates · units)` or `(2, gates · units)`.
    init(_ weights: [Constant], units: Int) {
        self.units = units
        kernel = weights[0].permuted([1, 0])
        recurrent = weights[1].permuted([1, 0])
        bias = .filled(0, [kernel.shape[0]])
        guard weights.count > 2 else { return }
        let stored = weights[2]
        if stored.shape == [2 * kernel.shape[0]] {
            adoptHardwareLayout(weights)
            return
        }
        if stored.shape.rank == 2 {
            bias = stored.sliced(0..<1, axis: 0).reshaped([kernel.shape[0]])
            recurrentBias = stored.sliced(1..<2, axis: 0).reshaped([kernel.shape[0]])
        } else {
            bias = stored
        }
    }

    /// Takes weights in the layout of `CuDNNGRU` and `CuDNNLSTM`.
    ///
    /// Each gate's block of the input kernel holds the values of its transpose, each block of the recurrent kernel is
    /// transposed, and the biases of x and h follow each other. They add up in an LSTM.
    private mutating func adoptHardwareLayout(_ weights: [Constant]) {
        let (width, inputs) = (kernel.shape[0], kernel.shape[1])
        let (x, h, b) = (weights[0].doubles(), weights[1].doubles(), weights[2].doubles())
        var (newKernel, newRecurrent): ([Double], [Double]) = ([], [])
        for first in stride(from: 0, to: width, by: units) {
            for row in 0..<inputs {
                newKernel += x[row * width + first..<row * width + first + units]
            }
            for row in 0..<units {
                newRecurrent += h[row * width + first..<row * width + first + units]
            }
        }
        kernel = Constant(newKernel, kernel.shape)
        recurrent = Constant(newRecurrent, recurrent.shape)
        let (ofInput, ofState) = (Array(b[..<width]), Array(b[width...]))
        if width == 3 * units {
            bias = Constant(ofInput, [width])
            recurrentBias = Constant(ofState, [width])
        } else {
            bias = Constant(zip(ofInput, ofState).map { $0 + $1 }, [width])
        }
    }

    /// The part of some neighbouring gates.
    func slice(_ gates: Range<Int>) -> GateBlocks {
        var part = self
        let range = gates.lowerBound * units..<gates.upperBound * units
        part.kernel = kernel.sliced(range, axis: 0)
        part.recurrent = recurrent.sliced(range, axis: 0)
        part.bias = bias.sliced(range, axis: 0)
        part.recurrentBias = recurrentBias?.sliced(range, axis: 0)
        return part
    }
}

/// Some gates that are computed together, in the graph.
struct GateProduct {
    let kernel: ValueID
    let recurrent: ValueID
    let bias: ValueID
    let recurrentBias: [ValueID]

    init(_ blocks: GateBlocks, in builder: GraphBuilder) {
        kernel = builder.constant(blocks.kernel, role: "kernel")
        recurrent = builder.constant(blocks.recurrent, role: "recurrent_kernel")
        bias = builder.constant(blocks.bias, role: "bias")
        recurrentBias = builder.biasInputs(blocks.recurrentBias)
    }

    /// x·K + b of all steps.
    func project(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.add(.fullyConnected(FullyConnected()), [x, kernel, bias], role: "projection")
    }

    /// h·R, with its own bias if there is one.
    func recur(_ h: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.add(.fullyConnected(FullyConnected()), [h, recurrent] + recurrentBias)
    }
}

extension LayerActivation {
    /// The function as fused operators know it; nil for all others.
    var cellActivation: CellActivation? {
        guard case .function(let function) = self else { return nil }
        switch function {
        case .linear: return CellActivation.none
        case .relu: return .relu
        case .relu6: return .relu6
        case .hardTanh: return .reluN1To1
        case .tanh: return .tanh
        default: return nil
        }
    }

    /// Whether this is the exact sigmoid.
    var isSigmoid: Bool {
        if case .function(.sigmoid) = self { true } else { false }
    }

    /// The activation of gates side by side along the last axis, each by itself, as one tensor for each gate.
    func applyToGates(
        _ x: ValueID, count: Int, units: Int, in builder: GraphBuilder
    ) throws -> [ValueID] {
        let axis = builder.shape(of: x).rank - 1
        let source = isElementwise ? try apply(to: x, in: builder) : x
        return try (0..<count).map { gate in
            let part = try builder.slice(source, axis: axis, from: gate * units, count: units)
            return isElementwise ? part : try apply(to: part, in: builder)
        }
    }
}
