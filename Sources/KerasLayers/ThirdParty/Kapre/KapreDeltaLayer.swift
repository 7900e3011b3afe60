import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `Delta`: the slope of each frequency over time, Σ n · x(t + n) / Σ n², the ends continued by `mode`.
struct KapreDeltaLayer: KerasLayer {
    static let classNames = ["Kapre>Delta"]

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let reach: Int
    private let mode: String
    private let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        let length = try config.size("win_length", default: 5)
        guard length >= 3, length % 2 == 1 else {
            throw Problem(
                .invalidField("win_length", value: "\(length)", expected: "an odd number from 3 on")
            )
        }
        reach = (length - 1) / 2
        mode = try config.string("mode", default: "symmetric").lowercased()
        format = try config.kapreFormat("data_format")
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let axis = format == .channelsLast ? 1 : 2
        let count = try builder.shape(of: x).knownExtent(axis)
        var amounts = [PadAmount](repeating: .none, count: 4)
        amounts[axis] = PadAmount(reach, reach)
        let padded =
            switch mode {
            case "constant": try builder.pad(x, amounts)
            case "reflect": try builder.add(.mirrorPad(MirrorPad(amounts, mode: .reflect)), [x])
            default: try builder.add(.mirrorPad(MirrorPad(amounts, mode: .symmetric)), [x])
            }
        let power = (1...reach).reduce(0) { $0 + 2 * $1 * $1 }
        var sum: ValueID?
        for distance in -reach...reach where distance != 0 {
            let part = try builder.slice(padded, axis: axis, from: reach + distance, count: count)
            let term = try builder.binary(.multiply, part, Double(distance) / Double(power))
            sum = try sum.map { try builder.add($0, term) } ?? term
        }
        return [sum ?? x]
    }
}
