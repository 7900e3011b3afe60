import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Concatenate`: the inputs one after the other along an axis.
struct ConcatenateLayer: KerasLayer {
    static let classNames = ["Concatenate"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let axis: Int
    let version: KerasVersion

    init(config: LayerConfig, context: LayerContext) throws {
        axis = try config.axis("axis", default: -1)
        version = context.version
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard let first = call.inputs.first else {
            throw Problem(.invalidShape("the layer got no inputs"))
        }
        let axis = try builder.shape(of: first).checkedAxis(axis)
        return [
            try builder.concatenate(builder.commonType(call.inputs, float: false), axis: axis)
        ]
    }

    /// Along the features the masks of the inputs are merged, one that is missing counting as all true; along the steps
    /// they follow each other.
    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        let present = call.masks.compactMap { $0 }
        guard let first = present.first, let input = call.inputs.first else { return nil }
        let axis = try builder.shape(of: input).checkedAxis(axis)
        if axis >= builder.shape(of: first).rank {
            if version.mergesMasksByUnion, present.count < call.masks.count { return nil }
            return try builder.mergedMask(present, version)
        }
        let masks = try zip(call.masks, call.inputs).map { mask, input in
            if let mask { return mask }
            let row = try builder.reduce(
                .any, builder.binary(.equal, input, input),
                axes: Array(builder.shape(of: first).rank..<builder.shape(of: input).rank))
            return try builder.binary(.logicalOr, row, builder.unary(.logicalNot, row))
        }
        return try builder.concatenate(masks, axis: axis)
    }
}
