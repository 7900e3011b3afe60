import Foundations
import GraphIR
import KerasFormat
import Problems

/// `Solarization` of keras-cv: colours from a threshold on are inverted, after an addition.
struct CVSolarizationLayer: KerasLayer {
    static let classNames = ["keras_cv>Solarization"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "with constant factors")

    private let range: CVColorRange
    private let threshold: Double
    private let addition: Double

    init(config: LayerConfig, context: LayerContext) throws {
        range = try CVColorRange(config: config)
        threshold = try Self.constant("threshold_factor", config)
        addition = try Self.constant("addition_factor", config)
    }

    /// A number that is stated as one, as a range of one number, or as a sampler that gives always the same.
    private static func constant(_ field: String, _ config: LayerConfig) throws -> Double {
        let value = config[field]
        if let number = value?.number ?? value?["config"]?["value"]?.number { return number }
        if let bounds = value?.array?.compactMap(\.number), bounds.count == 2,
            bounds[0] == bounds[1]
        {
            return bounds[0]
        }
        throw Problem(
            .unsupported(
                what: "'\(field)' is drawn at random at each call",
                remedy: "Leave the layer out of the model, or give it a constant factor."))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        return [
            try range.apply(to: x, in: builder) { colors in
                let moved = try builder.clamp(
                    builder.binary(.add, colors, addition), from: 0, to: 255)
                let inverted = try builder.binary(.add, builder.binary(.multiply, moved, -1), 255)
                return try builder.select(
                    builder.binary(.less, moved, threshold), moved, inverted)
            }
        ]
    }
}
