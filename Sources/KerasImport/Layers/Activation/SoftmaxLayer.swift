import GraphIR
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
    /// Whether masked elements end up as exact zeros even where all are masked.
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
                        what: "a softmax over masked steps",
                        remedy: "Remove the mask in front of the layer."))
            }
            let weights = try builder.cast(mask, to: builder.dtype(of: x))
            let excluded = try builder.binary(.subtract, weights, 1)
            kept = clearsMasked ? weights : nil
            x = try builder.add(x, builder.binary(.multiply, excluded, 1e9))
        }
        let y = try builder.softmax(x, axes: shape.checkedAxes(axes))
        return [try kept.map { try builder.multiply(y, $0) } ?? y]
    }
}

extension GraphBuilder {
    /// The softmax over several axes together, laid out as one.
    func softmax(_ x: ValueID, axes: [Int]) throws -> ValueID {
        if axes.count == 1 { return try softmax(x, axis: axes[0]) }
        let shape = shape(of: x)
        let kept = shape.dims.indices.filter { !axes.contains($0) }
        let permutation = kept + axes
        let moved = try transpose(x, permutation)
        let sizes = Shape(axes.map { shape.dims[$0] })
        let count =
            sizes.isStatic
            ? Extent.known(
                try sizes.dims.reduce(1) { try product($0, $1, "the number of softmax elements") })
            : .rest
        let flat = try reshape(moved, kept.map { extent($0, of: x) } + [count])
        let y = try reshape(
            softmax(flat, axis: kept.count), permutation.map { extent($0, of: x) })
        let inverse = shape.dims.indices.map { permutation.firstIndex(of: $0) ?? $0 }
        return try transpose(y, inverse)
    }
}
