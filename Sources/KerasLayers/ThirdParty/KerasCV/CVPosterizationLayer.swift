import GraphIR
import KerasFormat
import Problems

/// `Posterization` of keras-cv: the highest bits of colours.
struct CVPosterizationLayer: KerasLayer {
    static let classNames = ["keras_cv>Posterization"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    private let range: CVColorRange
    private let step: Double

    init(config: LayerConfig, context: LayerContext) throws {
        range = try CVColorRange(config: config)
        step = Double(1 << (8 - (try config.int("bits", default: 8, in: 1...8))))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        return [
            try range.apply(to: x, in: builder) { colors in
                let steps = try builder.binary(.multiply, colors, 1 / step)
                return try builder.binary(.multiply, builder.unary(.floor, steps), step)
            }
        ]
    }
}
