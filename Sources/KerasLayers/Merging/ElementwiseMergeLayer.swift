import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Add`, `Subtract`, `Multiply`, `Average`, `Maximum`, `Minimum`: a function of the elements of several inputs.
///
/// Inputs broadcast; one of lower rank gets axes of extent 1 after the batch axis. From Keras 3.4 on masked steps do not
/// count in products and extrema.
struct ElementwiseMergeLayer: KerasLayer {
    static let classNames = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]

    static let support = LayerSupport(
        .keras1 ... .keras3,
        exceptions: ["Subtract": .keras2 ... .keras3, "Minimum": .keras2 ... .keras3])

    let kind: Binary.Kind
    let isAverage: Bool
    let version: KerasVersion

    init(config: LayerConfig, context: LayerContext) throws {
        version = context.version
        isAverage = context.className == "Average"
        kind =
            switch context.className {
            case "Subtract": .subtract
            case "Multiply": .multiply
            case "Maximum": .maximum
            case "Minimum": .minimum
            default: .add
            }
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard var y = call.inputs.first, kind != .subtract || call.inputs.count == 2 else {
            throw Problem(.invalidShape("the layer got \(call.inputs.count) inputs"))
        }
        let inputs = try builder.alignedRanks(builder.commonType(call.inputs, float: isAverage))
        let isMasked =
            version.mergesMasksByUnion && call.masks.count == inputs.count
            && call.masks.contains { $0 != nil }
        if isMasked, kind == .multiply { return [try builder.maskedProduct(inputs, call.masks)] }
        if isMasked, kind == .maximum || kind == .minimum {
            return [try builder.maskedExtremum(kind, inputs, call.masks)]
        }
        y = inputs[0]
        for input in inputs.dropFirst() { y = try builder.binary(kind, y, input) }
        if isAverage, inputs.count > 1 {
            y = try builder.binary(.multiply, y, 1 / Double(inputs.count))
        }
        return [y]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try builder.mergedMask(call.masks, version)
    }
}

extension GraphBuilder {
    /// The mask of the result of a merge layer.
    ///
    /// Up to Keras 3.3 a step counts if all masks say so and inputs without a mask do not matter; from then on if
    /// any says so, and an input without a mask removes it.
    func mergedMask(_ masks: [ValueID?], _ version: KerasVersion) throws -> ValueID? {
        let present = masks.compactMap { $0 }
        let isUnion = version.mergesMasksByUnion
        guard var mask = present.first, !isUnion || present.count == masks.count else {
            return nil
        }
        for other in present.dropFirst() {
            mask = try binary(isUnion ? .logicalOr : .logicalAnd, mask, other)
        }
        return mask
    }
}
