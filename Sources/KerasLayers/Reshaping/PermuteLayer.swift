import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Permute`: the axes of a sample in another order, counted from 1.
struct PermuteLayer: KerasLayer {
    static let classNames = ["Permute"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let order: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        order = try config.extents("dims")
        guard order.sorted() == Array(1..<order.count + 1) else {
            throw Problem(
                .invalidField(
                    "dims", value: "\(order)", expected: "each axis from 1 on exactly once"))
        }
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, order.count + 1)
        return [try builder.transpose(x, [0] + order)]
    }
}
