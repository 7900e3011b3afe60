import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Reshape`: the elements of a sample under another shape, in which one extent may be −1.
struct ReshapeLayer: KerasLayer {
    static let classNames = ["Reshape"]

    static let support = LayerSupport(.keras1 ... .keras3)

    let target: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        target = try config.extents("target_shape")
        guard target.count(where: { $0 < 0 }) <= 1 else {
            throw Problem(
                .invalidField("target_shape", value: "\(target)", expected: "at most one -1"))
        }
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let dims = builder.shape(of: x).dims
        let sample = Shape(Array(dims.dropFirst()))
        var target = target
        if let open = target.firstIndex(of: -1), sample.isStatic {
            let known = Shape(target.filter { $0 != -1 }).elementCount
            guard known > 0, sample.elementCount % known == 0 else {
                throw Problem(
                    .invalidShape("\(sample) cannot be reshaped to \(Shape(target))"))
            }
            target[open] = sample.elementCount / known
        }
        let extents = target.map { $0 < 0 ? Extent.rest : .known($0) }
        return [try builder.reshape(x, Array(builder.extents(of: x).prefix(1)) + extents)]
    }
}
