import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `Conv1D`, `Conv2D`, `Conv3D`: a convolution over the spatial axes, with dilation and groups.
///
/// Axes in front of the spatial ones and the channels, beyond the batch, are further axes of the batch.
///
/// Weights: kernel `(k…, in / groups, filters)`, bias `(filters)`.
struct ConvolutionLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = ["Conv1D": 1, "Conv2D": 2, "Conv3D": 3]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(
        .keras1 ... .keras3, "dilation, groups, causal padding, both data formats")

    let geometry: ConvolutionGeometry
    let filters: Int
    let groups: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(Self.spatialRanks))
        filters = try config.size("filters")
        groups = try config.size("groups", default: 1)
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
        guard filters % groups == 0 else {
            throw Problem(
                .invalidField(
                    "groups", value: "\(groups)", expected: "a divisor of the \(filters) filters"))
        }
    }

    var keras1Storage: Keras1Storage {
        switch (geometry.rank, geometry.format) {
        case (1, _): .row(filters: filters)
        case (2, .channelsFirst): .kernel(axes: [2, 3, 1, 0])
        case (3, .channelsFirst): .kernel(axes: [2, 3, 4, 1, 0])
        default: .plain
        }
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let type = try inputs.only()
        let own = Shape([Shape.free] + type.shape.dims.suffix(geometry.rank + 1))
        let channels = try geometry.channels(
            of: [hasFurtherAxes(type.shape) ? TensorType(type.dtype, own) : type])
        guard channels % groups == 0 else {
            throw Problem(
                .invalidField(
                    "groups", value: "\(groups)",
                    expected: "a divisor of the \(channels) input channels"))
        }
        let kernel = WeightSpec(
            "kernel", dims: geometry.kernel + [channels / groups, filters], kind: .convolutionKernel
        )
        return usesBias ? [kernel, WeightSpec("bias", dims: [filters])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        guard hasFurtherAxes(builder.shape(of: x)) else {
            return [try convolved(x, call, in: builder)]
        }
        let extents = builder.extents(of: x)
        let batch = extents.dropLast(geometry.rank + 1)
        let isKnown = builder.shape(of: x).dims.prefix(batch.count).allSatisfy { $0 != Shape.free }
        let count: Extent =
            isKnown
            ? .known(builder.shape(of: x).dims.prefix(batch.count).reduce(1, *)) : .rest
        let folded = try builder.reshape(x, [count] + extents.suffix(geometry.rank + 1))
        let y = try convolved(folded, call, in: builder)
        return [
            try builder.reshape(
                y, Array(batch) + builder.extents(of: y).dropFirst())
        ]
    }

    /// Whether there are axes of the batch beside the first.
    private func hasFurtherAxes(_ shape: Shape) -> Bool {
        geometry.rank < 3 && shape.rank > geometry.rank + 2
    }

    private func convolved(
        _ x: ValueID, _ call: CallContext, in builder: GraphBuilder
    ) throws -> ValueID {
        let (kernel, bias) = (try call.weight("kernel"), call.weights["bias"])
        return try activation.apply(to: x, geometry.format, in: builder) { x in
            geometry.rank == 3
                ? try builder.convolution3D(
                    x, kernel: kernel, bias: bias, groups: groups, geometry)
                : try builder.convolution(x, kernel: kernel, bias: bias, geometry)
        }
    }
}
