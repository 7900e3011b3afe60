import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `STFT`: the Fourier transforms of overlapping windows of each channel, `[N, frames, frequencies, C]` of `[N, time, C]`.
///
/// The results are complex numbers, real and imaginary parts as a last axis; `STFTTflite` gives them so in Keras too.
struct KapreSTFTLayer: KerasLayer {
    static let classNames = ["Kapre>STFT"] + KapreNames.names(of: "STFTTflite")

    static let support = LayerSupport(
        package: "kapre", .keras2 ... .keras2,
        "of signals of known length, before `Magnitude` or `Phase`; all windows")

    private let size: Int
    private let length: Int
    private let step: Int
    private let window: [Double]
    private let padsBegin: Bool
    private let padsEnd: Bool
    private let inputFormat: DataFormat
    private let outputFormat: DataFormat
    private let isComplex: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        size = try config.size("n_fft", default: 2048)
        length = try config.optionalInt("win_length", in: ConfigLimits.size) ?? size
        step = try config.optionalInt("hop_length", in: ConfigLimits.size) ?? max(length / 4, 1)
        guard length <= size, size < 1 << 20 else {
            throw Problem(
                .invalidField("win_length", value: "\(length)", expected: "at most \(size)"))
        }
        window = try KapreWindow.weights(
            config.string("window_name", default: "hann_window"), length: length)
        padsBegin = try config.bool("pad_begin", default: false)
        padsEnd = try config.bool("pad_end", default: false)
        inputFormat = try config.kapreFormat("input_data_format")
        outputFormat = try config.kapreFormat("output_data_format")
        isComplex = context.className == "STFT"
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 3)
        let waves = inputFormat == .channelsLast ? try builder.transpose(x, [0, 2, 1]) : x
        let time = try builder.shape(of: waves).knownExtent(2)
        let before = padsBegin ? size - step : 0
        let frames = (time + before + step - 1) / step
        let after = padsEnd ? max((frames - 1) * step + length - time - before, 0) : 0
        let channels = builder.extent(1, of: waves)
        let signals = try builder.reshape(waves, [.rest, .known(time), .known(1)])
        let padded = try builder.pad(signals, [.none, PadAmount(before, after), .none])
        let count = size / 2 + 1
        let elements = (0..<length).flatMap { j in
            (0..<2 * count).map { k -> Double in
                let wave = GraphBuilder.wave(j, k / 2, size)
                // Sines of half turns are 0, so that the phase of real coefficients is 0 or π.
                let sine = 2 * j * (k / 2) % size == 0 ? 0 : wave.sine
                return window[j] * (k % 2 == 0 ? wave.cosine : -sine)
            }
        }
        var geometry = ConvolutionGeometry(pointwiseRank: 1)
        (geometry.kernel, geometry.strides) = ([length], [step])
        let y = try builder.convolution(
            padded, kernel: Constant(elements, [length, 1, 2 * count]), bias: nil, geometry)
        let pairs = try builder.reshape(
            y,
            [
                builder.extent(0, of: x), channels, builder.extent(1, of: y), .known(count),
                .known(2),
            ])
        let result =
            outputFormat == .channelsLast ? try builder.transpose(pairs, [0, 2, 3, 1, 4]) : pairs
        if isComplex { builder.markComplex(result) }
        return [result]
    }
}

extension GraphBuilder {
    /// Real and imaginary parts of complex numbers that are pairs along the last axis.
    func parts(of x: ValueID) throws -> ComplexValue {
        let last = shape(of: x).rank - 1
        let parts = try (0..<2).map {
            try squeezeDimension(slice(x, axis: last, from: $0, count: 1), at: last)
        }
        return (parts[0], parts[1])
    }
}
