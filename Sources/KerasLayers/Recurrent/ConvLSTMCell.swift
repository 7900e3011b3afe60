import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// The cell of `ConvLSTM1D`, `ConvLSTM2D` and `ConvLSTM3D`: that of `LSTM` with convolutions instead of products.
///
/// The convolution of x has the layer's strides, padding and dilation, that of h has none and keeps the size. All states
/// have their channels last.
///
/// Weights: kernel `(k…, in, 4·filters)`, recurrent kernel `(k…, filters, 4·filters)`, bias `(4·filters)`.
struct ConvLSTMCell: RecurrentCell {
    let geometry: ConvolutionGeometry
    let filters: Int
    let usesBias: Bool
    let activation: LayerActivation
    let recurrentActivation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(ConvLSTMLayer.spatialRanks))
        filters = try config.size("filters")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context, default: .tanh)
        recurrentActivation = try config.activation(
            context, field: "recurrent_activation",
            default: context.generation == .keras3 ? .sigmoid : .hardSigmoid)
    }

    func weightSpecs(for input: TensorType) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: [input])
        let width = try checkedProduct(4, filters, "filters")
        let kind: WeightSpec.Kind = geometry.rank == 2 ? .convolutionKernel : .plain
        let kernels = [
            WeightSpec("kernel", dims: geometry.kernel + [channels, width], kind: kind),
            WeightSpec(
                "recurrent_kernel", dims: geometry.kernel + [filters, width], kind: kind),
        ]
        return usesBias ? kernels + [WeightSpec("bias", dims: [width])] : kernels
    }

    func stateShapes(for input: TensorType) throws -> [[Int]] {
        let sizes = try (0..<geometry.rank).map { axis in
            geometry.padding.outputSize(
                try input.shape.knownExtent(axis + 1), window: geometry.kernel[axis],
                stride: geometry.strides[axis], dilation: geometry.dilations[axis])
        }
        return [sizes + [filters], sizes + [filters]]
    }

    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell {
        var recurrent = geometry
        recurrent.strides = geometry.kernel.map { _ in 1 }
        recurrent.dilations = recurrent.strides
        recurrent.border = .same
        return Prepared(cell: self, recurrentGeometry: recurrent, weights: weights)
    }

    private struct Prepared: PreparedCell {
        let cell: ConvLSTMCell
        let recurrentGeometry: ConvolutionGeometry
        let weights: [Constant]

        func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID] {
            let images = try builder.foldTime(x)
            let y = try builder.anyConvolution(
                images, kernel: weights[0], bias: weights.count > 2 ? weights[2] : nil,
                cell.geometry)
            // Written with the extents of x, so that it holds for any number of steps.
            let sizes = builder.shape(of: y).dims.dropFirst().map { TargetExtent.known($0) }
            let target = [.axis(0, ofInput: 1), .axis(1, ofInput: 1)] + sizes
            return [try builder.add(.reshapeLike(ReshapeLike(target)), [y, x])]
        }

        func step(
            _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
        ) throws -> [ValueID] {
            let memory = try builder.anyConvolution(
                builder.squeezeDimension(states[0], at: 1), kernel: weights[1], bias: nil,
                recurrentGeometry)
            let sum = try builder.add(projections[0], builder.expandDimension(memory, at: 1))
            let axis = builder.shape(of: sum).rank - 1
            func gates(_ first: Int, _ count: Int) throws -> ValueID {
                try builder.slice(
                    sum, axis: axis, from: first * cell.filters, count: count * cell.filters)
            }
            let inputForget = try cell.recurrentActivation.applyToGates(
                gates(0, 2), count: 2, units: cell.filters, in: builder)
            let candidate = try cell.activation.apply(to: gates(2, 1), in: builder)
            let o = try cell.recurrentActivation.apply(to: gates(3, 1), in: builder)
            let c = try builder.add(
                builder.multiply(inputForget[1], states[1]),
                builder.multiply(inputForget[0], candidate))
            return [try builder.multiply(o, cell.activation.apply(to: c, in: builder)), c]
        }
    }
}

extension GraphBuilder {
    /// A convolution over one to three spatial axes, channels last.
    fileprivate func anyConvolution(
        _ x: ValueID, kernel: Constant, bias: Constant?, _ geometry: ConvolutionGeometry
    ) throws -> ValueID {
        geometry.rank == 3
            ? try convolution3D(x, kernel: kernel, bias: bias, groups: 1, geometry)
            : try convolution(x, kernel: kernel, bias: bias, geometry)
    }
}
