import GraphIR
import KerasFormat
import Problems

/// The range of the values of images, which keras-cv brings to 0…255 and back.
struct CVColorRange {
    private let lower: Double
    private let factor: Double

    /// The range that `value_range` states.
    init(config: LayerConfig) throws {
        let range = try config.array("value_range").values
        guard range.count == 2, range[0] < range[1] else {
            throw Problem(
                .invalidField("value_range", value: "\(range)", expected: "two numbers"))
        }
        lower = range[0]
        factor = 255 / (range[1] - range[0])
    }

    /// What `body` makes of x in 0…255, in the range again.
    func apply(
        to x: ValueID, in builder: GraphBuilder, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        let scaled = try builder.binary(
            .multiply, builder.binary(.subtract, builder.floating(x), lower), factor)
        return try builder.binary(.add, builder.binary(.multiply, body(scaled), 1 / factor), lower)
    }
}
