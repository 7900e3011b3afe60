import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Dot`: sums of products of two inputs along one axis of each, for each sample.
///
/// The result has the other axes of the first input, then those of the second; `[N, 1]` for two vectors. With `normalize`
/// the inputs are scaled to norm 1 along their axes first.
struct DotLayer: KerasLayer {
    static let classNames = ["Dot"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "not along the batch axis")

    let axes: [Int]
    let normalizes: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        let axes = try config.axes("axes", default: [])
        guard axes.count == 1 || axes.count == 2 else {
            throw Problem(
                .invalidField("axes", value: "\(axes)", expected: "one axis, or one per input"))
        }
        self.axes = axes.count == 1 ? axes + axes : axes
        normalizes = try config.bool("normalize", default: false)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs, not 2"))
        }
        let a = try matrix(call.inputs[0], axis: axes[0], in: builder)
        let b = try matrix(call.inputs[1], axis: axes[1], in: builder)
        let product = try builder.add(
            .batchMatMul(BatchMatMul(adjointB: true)), [a.value, b.value])
        let rest = a.rest + b.rest
        if a.rest.count == 1, b.rest.count == 1 { return [product] }
        return [
            try builder.reshape(
                product, [builder.extent(0, of: product)] + (rest.isEmpty ? [.known(1)] : rest))
        ]
    }

    /// The input as `[N, rest, axis]` and the extents of `rest`.
    private func matrix(
        _ x: ValueID, axis: Int, in builder: GraphBuilder
    ) throws -> (value: ValueID, rest: [Extent]) {
        let shape = builder.shape(of: x)
        let axis = try shape.checkedAxis(axis)
        guard axis > 0 else {
            throw Problem(
                .unsupported(
                    what: "a product along the batch axis is not supported",
                    remedy: "Use another axis."))
        }
        let others = shape.dims.indices.filter { $0 != axis }
        let rest = others.dropFirst().map { builder.extent($0, of: x) }
        var moved = try builder.transpose(x, others + [axis])
        if normalizes { moved = try builder.add(.l2Normalization(L2Normalization()), [moved]) }
        guard rest.count != 1 else { return (moved, rest) }
        let sizes = Shape(others.dropFirst().map { shape.dims[$0] })
        let count =
            sizes.isStatic
            ? Extent.known(
                try sizes.dims.reduce(1) { try checkedProduct($0, $1, "the number of elements") })
            : .rest
        let flat = try builder.reshape(
            moved, [builder.extent(0, of: x), count, builder.extent(axis, of: x)])
        return (flat, rest)
    }
}
