import GraphIR
import KerasFormat
import Problems
import Tensors

/// `AutoContrast`: each channel of each image stretched over the range of values.
///
/// With x from `value_range` brought to 0…255, low and high being its extremes over height and width:
///
///     y = clip((x − low) · 255 / (high − low), 0, 255), back in the range; x where high = low
struct AutoContrastLayer: KerasLayer {
    static let classNames = ["AutoContrast"]

    static let support = LayerSupport(.keras3 ... .keras3)

    let range: [Double]

    init(config: LayerConfig, context: LayerContext) throws {
        range = config.has("value_range") ? try config.array("value_range").values : [0, 255]
        guard range.count == 2, range[0] < range[1] else {
            throw Problem(
                .invalidField("value_range", value: "\(range)", expected: "two numbers"))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let width = range[1] - range[0]
        let unit = try builder.binary(
            .divide, builder.binary(.subtract, x, range[0]), width / 255)
        let axes = try builder.shape(of: x).checkedAxes([1, 2])
        let low = try builder.reduce(.min, unit, axes: axes, keepDimensions: true)
        let high = try builder.reduce(.max, unit, axes: axes, keepDimensions: true)
        let span = try builder.subtract(high, low)
        let isFlat = try builder.binary(.equal, span, 0)
        let divisor = try builder.select(isFlat, builder.scalar(1, like: span), span)
        let scale = try builder.divide(builder.scalar(255, like: span), divisor)
        let stretched = try builder.clamp(
            builder.multiply(builder.subtract(unit, low), scale), from: 0, to: 255)
        let y = try builder.binary(
            .add, builder.binary(.multiply, stretched, width / 255), range[0])
        return [try builder.select(isFlat, x, y)]
    }
}
