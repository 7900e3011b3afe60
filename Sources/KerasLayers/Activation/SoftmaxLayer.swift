import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Softmax`: eˣ normalized to the sum 1 over one axis or over several together.
///
/// Elements that a mask excludes get −10⁹ first.
struct SoftmaxLayer: KerasLayer {
    static let classNames = ["Softmax"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "over one axis or several, with a mask of the input's rank")

    let axes: [Int]
    /// Whether masked elements end up as exact zeros even if all are masked.
    let clearsMasked: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try config.axes("axis", default: [-1])
        clearsMasked = context.version.clearsMaskedWeights
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var x = try call.onlyInput()
        let shape = builder.shape(of: x)
        var kept: ValueID?
        if let mask = call.keywords["mask"]?.tensors.first ?? call.masks.first ?? nil {
            guard builder.shape(of: mask).rank == shape.rank else {
                throw Problem(
                    .unsupported(
                        what: "a softmax over masked steps is not supported",
                        remedy: "Remove the mask in front of the layer."))
            }
            kept = clearsMasked ? mask : nil
            x =
                clearsMasked
                ? try builder.select(builder.truth(mask), x, builder.scalar(-1e9, like: x))
                : try builder.excluding(x, unless: mask)
        }
        let y = try builder.softmax(x, axes: shape.checkedAxes(axes))
        return [try kept.map { try builder.cleared(y, unless: $0) } ?? y]
    }
}
