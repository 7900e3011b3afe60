import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `STFTSpectrogram`: the Fourier transforms of overlapping windows of each channel.
///
/// Input: `[N, time, C]`, or `[N, C, time]` channels first. Weights: real kernel (not for the mode `imag`) and imaginary kernel
/// (not for `real`), both `(frame_length, 1, fft_length / 2 + 1)`. Output with B coefficients for each of F frames:
///
///     channels last     [N, F, C·B]     with expand_dims  [N, F, B, C]
///     channels first    [N, C·B, F]     with expand_dims  [N, C, F, B]
struct STFTSpectrogramLayer: KerasLayer {
    static let classNames = ["STFTSpectrogram"]

    static let support = LayerSupport(.keras3 ... .keras3, "of signals of known length, all modes")

    /// What becomes of the coefficients.
    enum Mode: String, CaseIterable {
        case log, magnitude, psd, real, imag, angle, stft
    }

    let mode: Mode
    let length: Int
    let count: Int
    let geometry: ConvolutionGeometry
    let addsAxis: Bool
    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        mode = try config.choice("mode", default: .log)
        length = try config.size("frame_length", default: 256)
        var size = 1
        while size < length { size *= 2 }
        count = (try config.optionalInt("fft_length") ?? size) / 2 + 1
        var geometry = ConvolutionGeometry(pointwiseRank: 1)
        geometry.kernel = [length]
        geometry.strides = [try config.optionalInt("frame_step") ?? max(length / 2, 1)]
        geometry.border = try config.padding() == .same ? .same : .valid
        guard geometry.strides[0] > 0, ConfigLimits.size.contains(count) else {
            throw Problem(
                .invalidField("frame_step", value: "\(geometry.strides[0])", expected: "a step"))
        }
        self.geometry = geometry
        addsAxis = try config.bool("expand_dims", default: false)
        format = try config.dataFormat()
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let roles = [mode == .imag ? nil : "real_kernel", mode == .real ? nil : "imag_kernel"]
        return roles.compactMap { $0 }.map { WeightSpec($0, dims: [length, 1, count]) }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var x = try call.onlyInput()
        try builder.requireRank(x, 3)
        if format == .channelsLast { x = try builder.transpose(x, [0, 2, 1]) }
        let parts = try call.weights.constants.map { try coefficients(x, kernel: $0, in: builder) }
        return [try arranged(result(parts, in: builder), in: builder)]
    }

    /// The coefficients `[N, C, F, B]` of x `[N, C, time]`.
    private func coefficients(
        _ x: ValueID, kernel: Constant, in builder: GraphBuilder
    ) throws -> ValueID {
        let shape = builder.shape(of: x)
        let (channels, time) = (try shape.knownExtent(1), try shape.knownExtent(2))
        let rows =
            shape[0] == Shape.free
            ? Shape.free : try checkedProduct(shape[0], channels, "the channels")
        let signals = try builder.reshape(x, [rows, time, 1])
        let y = try builder.convolution(signals, kernel: kernel, bias: nil, geometry)
        return try builder.reshape(y, [shape[0], channels, builder.shape(of: y)[1], count])
    }

    private func result(_ parts: [ValueID], in builder: GraphBuilder) throws -> ValueID {
        guard let first = parts.first, let last = parts.last else {
            throw Problem(.missingField("mode"))
        }
        switch mode {
        case .real, .imag: return first
        case .stft: return try builder.concatenate([first, last], axis: 3)
        case .angle: return try builder.binary(.arcTangent, last, first)
        case .psd, .magnitude, .log: break
        }
        let power = try builder.add(builder.unary(.square, first), builder.unary(.square, last))
        if mode == .psd {
            try checkList(count, "the coefficients")
            let sides = (0..<count).map { $0 == 0 || $0 == count - 1 ? 1.0 : 2.0 }
            return try builder.multiply(
                power, builder.constant(Constant(sides, [count]), role: "sides"))
        }
        let size = try builder.unary(.sqrt, builder.binary(.maximum, power, 1e-7))
        if mode == .magnitude { return size }
        return try builder.unary(.log, builder.binary(.maximum, size, 1e-7))
    }

    /// `[N, C, F, B]` with the axes in the layer's order.
    private func arranged(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        let isLast = format == .channelsLast
        if addsAxis { return isLast ? try builder.transpose(x, [0, 2, 3, 1]) : x }
        let y = try builder.transpose(x, isLast ? [0, 2, 1, 3] : [0, 1, 3, 2])
        let values = try checkedProduct(dims[1], dims[3], "the coefficients")
        return try builder.reshape(
            y, isLast ? [dims[0], dims[2], values] : [dims[0], values, dims[2]])
    }
}
