import Foundations
import GraphIR
import KerasFormat
import Tensors

/// `MuLawEncoding`: signals in −1…1 as integers 0…µ on a scale that is finer near 0; `MuLawDecoding` the other way round.
///
///     encoding   ⌊(sign(x) · log(1 + µ|x|) / log(1 + µ) + 1) / 2 · µ + 0.5⌋
///     decoding   sign(y) · ((1 + µ)^|y| − 1) / µ with y = 2x / µ − 1
struct MuLawLayer: KerasLayer {
    static let classNames = ["Kapre>MuLawEncoding", "Kapre>MuLawDecoding"]

    static let support = LayerSupport(package: "kapre", .keras2 ... .keras2)

    private let largest: Double
    private let encodes: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        largest = Double(try config.int("quantization_channels", default: 256, in: 2...1 << 24)) - 1
        encodes = context.className == "MuLawEncoding"
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let scale = log(1 + largest)
        guard encodes else {
            let y = try builder.binary(
                .subtract, builder.binary(.multiply, x, 2 / largest), 1)
            let power = try builder.unary(
                .exp, builder.binary(.multiply, builder.unary(.abs, y), scale))
            let size = try builder.binary(
                .multiply, builder.binary(.subtract, power, 1), 1 / largest)
            return [try builder.multiply(builder.unary(.sign, y), size)]
        }
        let size = try builder.unary(
            .log,
            builder.binary(.add, builder.binary(.multiply, builder.unary(.abs, x), largest), 1))
        let y = try builder.binary(
            .multiply, builder.multiply(builder.unary(.sign, x), size), 1 / scale)
        let levels = try builder.binary(
            .add, builder.binary(.multiply, y, largest / 2), largest / 2 + 0.5)
        return [try builder.cast(levels, to: .int32)]
    }
}
