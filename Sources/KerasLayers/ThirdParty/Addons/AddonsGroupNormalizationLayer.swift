import Foundations
import KerasFormat
import Problems

/// `GroupNormalization`, and `InstanceNormalization`, whose groups are single channels.
///
/// Weights, of the extent of the axis: gamma (with `scale`), beta (with `center`).
struct AddonsGroupNormalizationLayer: ForwardingLayer {
    static let classNames = ["Addons>GroupNormalization", "Addons>InstanceNormalization"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        let axis = try config.int("axis", default: -1)
        guard axis == -1 || axis > 0 else {
            throw Problem(.invalidField("axis", value: "\(axis)", expected: "−1 or 1 and more"))
        }
        let isInstance = context.className == "InstanceNormalization"
        layer = try GroupNormalizationLayer(
            config: isInstance ? config.replacing(["groups": .int(-1)]) : config,
            context: context)
    }
}
