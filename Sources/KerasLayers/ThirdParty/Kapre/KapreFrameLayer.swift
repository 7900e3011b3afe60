import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `Frame` and `Energy`: overlapping parts of signals `[N, time, C]`, or Σ x² of each part for a reference duration.
///
/// `[N, frames, length, C]` or `[N, frames, C]`; with channels first, C is the second axis of all.
struct KapreFrameLayer: CompositeLayer {
    static let classNames = ["Kapre>Frame", "Kapre>Energy"]

    static let support = LayerSupport(
        package: "kapre", .keras2 ... .keras2, "of signals of known length if padded")

    let context: LayerContext
    private let length: Int
    private let step: Int
    private let padsEnd: Bool
    private let padding: Double
    private let format: DataFormat
    /// The factor of the energy; nil for the frames themselves.
    private let factor: Double?

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        length = try config.size("frame_length")
        step = try config.size("hop_length")
        padsEnd = try config.bool("pad_end", default: false)
        padding = try config.double("pad_value", default: 0)
        format = try config.kapreFormat("data_format")
        factor =
            context.className == "Energy"
            ? try config.double("ref_duration", default: 0.1)
                * config.double("sample_rate", default: 22050) / Double(length) : nil
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 3)
        var signals = format == .channelsLast ? try builder.transpose(x, [0, 2, 1]) : x
        if padsEnd {
            let time = try builder.shape(of: signals).knownExtent(2)
            let missing = ((time + step - 1) / step - 1) * step + length - time
            signals = try builder.pad(
                signals, [.none, .none, PadAmount(0, max(missing, 0))], value: Float(padding))
        }
        let frames = try call.scope.operation(
            "ExtractSequences", [signals],
            JSONObject([
                ("sequence_length", .int(Int64(length))), ("sequence_stride", .int(Int64(step))),
            ])
        ).only()
        guard let factor else {
            return [
                format == .channelsLast ? try builder.transpose(frames, [0, 2, 3, 1]) : frames
            ]
        }
        let energy = try builder.binary(
            .multiply, builder.reduce(.sum, builder.unary(.square, frames), axes: [3]), factor)
        return [format == .channelsLast ? try builder.transpose(energy, [0, 2, 1]) : energy]
    }
}
