import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `LogmelToMFCC`: the first cosine coefficients of the bands, as `tf.signal` scales them.
struct LogmelToMFCCLayer: KerasLayer {
    static let classNames = ["Kapre>LogmelToMFCC"]

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let count: Int
    private let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        count = try config.size("n_mfccs", default: 20)
        format = try config.kapreFormat("data_format")
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let rows = format == .channelsLast ? try builder.transpose(x, [0, 1, 3, 2]) : x
        let bands = try builder.shape(of: rows).knownExtent(-1)
        let scale = 2 / (2 * Double(bands)).squareRoot()
        let y = try builder.mixed(rows, count: min(count, bands), role: "cosines") { place, wave in
            scale * cos(.pi * Double(wave * (2 * place + 1)) / Double(2 * bands))
        }
        return [format == .channelsLast ? try builder.transpose(y, [0, 1, 3, 2]) : y]
    }
}
