import GraphIR
import KerasFormat
import Tensors

/// `Masking`: zeros in the steps whose features all equal `mask_value`; these steps are masked.
struct MaskingLayer: KerasLayer {
    static let classNames = ["Masking"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let value: Double

    init(config: LayerConfig, context: LayerContext) throws {
        value = try config.double("mask_value", default: 0)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let kept = try keptSteps(x, keepDimensions: true, in: builder)
        return [try builder.cleared(x, unless: kept)]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try keptSteps(call.onlyInput(), keepDimensions: false, in: builder)
    }

    private func keptSteps(
        _ x: ValueID, keepDimensions: Bool, in builder: GraphBuilder
    ) throws -> ValueID {
        let last = try builder.shape(of: x).checkedAxis(-1)
        return try builder.reduce(
            .any, builder.binary(.notEqual, x, value), axes: [last],
            keepDimensions: keepDimensions)
    }
}
