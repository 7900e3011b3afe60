import GraphIR
import Problems
import Tensors

/// How the window of a convolution moves, for one to three spatial axes.
struct ConvolutionGeometry: Sendable {
    /// What surrounds the input.
    enum Border: String, Sendable {
        case valid, same
        /// As many zeros in front that no output sees later inputs (one spatial axis).
        case causal
    }

    var kernel: [Int]
    var strides: [Int]
    var dilations: [Int]
    var border: Border
    var format: DataFormat

    /// The number of spatial axes.
    var rank: Int { kernel.count }

    init(config: LayerConfig, rank: Int, context: LayerContext) throws {
        kernel = try config.sizes("kernel_size", count: rank)
        strides = try config.sizes("strides", count: rank, default: 1)
        dilations = try config.sizes("dilation_rate", count: rank, default: 1)
        format = try config.dataFormat()
        let padding = try config.string("padding", default: "valid")
        guard let border = Border(rawValue: padding.lowercased()), border != .causal || rank == 1
        else {
            throw Problem(
                .invalidField("padding", value: padding, expected: "valid, same or causal (1-D)"))
        }
        self.border = border
    }

    /// The geometry of a window of one element that does not move: a convolution over channels only.
    init(pointwiseRank rank: Int) {
        kernel = [Int](repeating: 1, count: rank)
        strides = kernel
        dilations = kernel
        border = .valid
        format = .channelsLast
    }

    /// The padding of the graph's operation; causal zeros are added before it.
    var padding: Padding { border == .same ? .same : .valid }

    var strides2D: Size2D { size2D(strides) }
    var dilations2D: Size2D { size2D(dilations) }
    var strides3D: Size3D { Size3D(strides[0], strides[1], strides[2]) }
    var dilations3D: Size3D { Size3D(dilations[0], dilations[1], dilations[2]) }

    private func size2D(_ sizes: [Int]) -> Size2D {
        sizes.count == 1 ? Size2D(1, sizes[0]) : Size2D(sizes[0], sizes[1])
    }

    /// The channels of an input, which have to be known, and whose rank has to fit.
    func channels(of inputs: [TensorType]) throws -> Int {
        let input = try inputs.only()
        guard input.shape.rank == rank + 2 else {
            throw Problem(
                .invalidShape("the input has shape \(input.shape), expected rank \(rank + 2)"))
        }
        return try input.shape.knownExtent(format.channelAxis(rank: rank + 2))
    }
}

extension GraphBuilder {
    /// Applies `body`, which gets an image `[N, H, W, C]`, to x `[N, W, C]` or `[N, H, W, C]` after any causal padding.
    func windowed(
        _ x: ValueID, _ geometry: ConvolutionGeometry, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        var x = x
        if geometry.border == .causal {
            let (zeros, overflow) = geometry.dilations[0].multipliedReportingOverflow(
                by: geometry.kernel[0] - 1)
            guard !overflow else {
                throw Problem(.tooLarge(what: "causal padding", value: "\(geometry.dilations)"))
            }
            x = try pad(x, [[0, 0], [zeros, 0], [0, 0]])
        }
        return geometry.rank == 1 ? try asImageRow(x, body) : try body(x)
    }

    /// The optional bias of a layer as inputs of an operation.
    func biasInputs(_ bias: Constant?) -> [ValueID] {
        bias.map { [constant($0, role: "bias")] } ?? []
    }
}

extension Constant {
    /// A kernel of one spatial axis `(k, …)` as one of two `(1, k, …)`; others stay.
    func asImageKernel(rank: Int) -> Constant {
        rank == 1 ? reshaped(Shape([1] + shape.dims)) : self
    }
}
