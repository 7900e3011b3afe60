import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `MelSpectrogram`: how loud a signal `[…, time]` is in bands of pitch, `[…, band, frame]`.
///
///     spectrum = |STFT|^mag_exp · bands
///     dB       = 10 log₁₀ max(spectrum, min_power) − 10 log₁₀ max(ref_power, min_power),
///                at least the largest of all − top_db
struct MelSpectrogramLayer: KerasLayer {
    static let classNames = ["MelSpectrogram"]

    static let support = LayerSupport(.keras3 ... .keras3, "of signals of known length")

    let frames: SpectralFrames
    let exponent: Double
    let bandCount: Int
    let frequencies: ClosedRange<Double>
    let samplingRate: Double
    let usesDecibels: Bool
    let range: Double
    let leastPower: Double
    let referencePower: Double

    init(config: LayerConfig, context: LayerContext) throws {
        let size = try config.size("fft_length", default: 2048)
        frames = try SpectralFrames(
            length: config.optionalInt("sequence_length") ?? size,
            stride: config.size("sequence_stride", default: 512), size: size,
            window: config.object["window"] ?? .string("hann"), isCentered: true)
        exponent = try config.double("mag_exp", default: 2)
        bandCount = try config.size("num_mel_bins", default: 128)
        samplingRate = try config.double("sampling_rate", default: 16000)
        let lowest = try config.double("min_freq", default: 20)
        let highest =
            config.has("max_freq")
            ? try config.double("max_freq") : (samplingRate / 2).rounded(.down)
        guard lowest < highest else {
            throw Problem(
                .invalidField("max_freq", value: "\(highest)", expected: "more than \(lowest)"))
        }
        frequencies = lowest...highest
        usesDecibels = try config.bool("power_to_db", default: true)
        range = try config.double("top_db", default: 80)
        leastPower = try config.double("min_power", default: 1e-10)
        referencePower = abs(try config.double("ref_power", default: 1))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let waves = try frames.transform(call.onlyInput(), in: builder)
        var y = try builder.add(
            builder.unary(.square, waves.real), builder.unary(.square, waves.imaginary))
        if exponent != 2 {
            y = try builder.unary(.sqrt, y)
            if exponent != 1 { y = try builder.binary(.power, y, exponent) }
        }
        let bins = frames.size / 2 + 1
        try checkList(checkedProduct(bandCount, bins, "the bands"), "the bands")
        let bands = self.bands()
        y = try builder.mixed(y, count: bandCount, role: "bands") { bands[$1 * bins + $0] }
        if usesDecibels { y = try decibels(y, in: builder) }
        var order = Array(0..<builder.shape(of: y).rank)
        order.swapAt(order.count - 1, order.count - 2)
        return [try builder.transpose(y, order)]
    }

    private func decibels(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let scale = 10 / log(10.0)
        let logarithm = try builder.unary(.log, builder.binary(.maximum, x, leastPower))
        let offset = scale * log(max(referencePower, leastPower))
        let y = try builder.binary(
            .subtract, builder.binary(.multiply, logarithm, scale), offset)
        let loudest = try builder.reduce(.max, y, axes: Array(builder.shape(of: y).dims.indices))
        return try builder.binary(.maximum, y, builder.binary(.subtract, loudest, range))
    }

    /// The weights `[band, frequency]` of triangles that are as wide as two neighbours are apart on the mel scale.
    private func bands() -> [Double] {
        let mel = { (frequency: Double) in 1127 * log(1 + frequency / 700) }
        let (first, last) = (mel(frequencies.lowerBound), mel(frequencies.upperBound))
        let step = (last - first) / Double(bandCount + 1)
        let bins = frames.size / 2 + 1
        return (0..<bandCount * bins).map { position in
            let (band, bin) = (position / bins, position % bins)
            guard bin > 0 else { return 0 }
            let pitch = mel(samplingRate / 2 * Double(bin) / Double(bins - 1))
            let center = first + Double(band + 1) * step
            return max(0, 1 - abs(pitch - center) / step)
        }
    }
}
