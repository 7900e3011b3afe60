import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `ApplyFilterbank`: frequencies `[N, frames, frequencies, C]` (channels first `[N, C, frames, frequencies]`) summed to bands.
struct ApplyFilterbankLayer: KerasLayer {
    static let classNames = ["Kapre>ApplyFilterbank"]

    static let support = LayerSupport(
        package: "kapre", .keras2 ... .keras2, "`mel` and `log`")

    private let frequencies: Int
    /// The weights of the frequencies in each band.
    private let bands: [[Double]]
    private let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        format = try config.kapreFormat("data_format")
        let own = LayerConfig(config["filterbank_kwargs"]?.object ?? JSONObject())
        frequencies = try own.size("n_freq")
        let type = try config.string("type")
        guard type == "mel" || type == "log" else {
            throw Problem(.invalidField("type", value: type, expected: "mel or log"))
        }
        bands =
            type == "mel"
            ? try FilterBank.mel(own, count: frequencies)
            : try FilterBank.logarithmic(own, count: frequencies)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let rows = format == .channelsLast ? try builder.transpose(x, [0, 1, 3, 2]) : x
        guard builder.shape(of: rows)[3] == frequencies else {
            throw Problem(
                .invalidShape(
                    "the input has shape \(builder.shape(of: x)), expected \(frequencies) frequencies"
                ))
        }
        let y = try builder.mixed(rows, count: bands.count, role: "bands") { bands[$1][$0] }
        return [format == .channelsLast ? try builder.transpose(y, [0, 1, 3, 2]) : y]
    }
}
