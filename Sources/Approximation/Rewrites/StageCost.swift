import Cost
import Foundations
import GraphIR
import Tensors

/// What stages cost in one run, as the model of a target predicts it.
package struct StageCost: Sendable, Equatable {
    /// Nanoseconds.
    package var time = 0.0
    package var multiplyAccumulates = 0

    /// The cost of stages one after the other.
    init(of stages: [Stage], from input: TensorType, costs: CostModel, residentBytes: Int) throws {
        var x = input
        for stage in stages {
            let constants = stage.constants.map { TensorType($0.dtype, $0.shape) }
            let outputs = try stage.op.outputTypes(for: [x] + constants)
            let work = Self.work(of: stage.op, x, constants, outputs)
            if !stage.op.isClamp { time += costs.time(of: work, residentBytes: residentBytes) }
            multiplyAccumulates = saturatingSum(multiplyAccumulates, work.multiplyAccumulates)
            x = outputs[0]
        }
    }

    private static func work(
        of op: Op, _ x: TensorType, _ constants: [TensorType], _ outputs: [TensorType]
    ) -> OperatorWork {
        func bytes(_ types: [TensorType]) -> Int {
            types.reduce(0) {
                saturatingSum($0, saturatingProduct($1.shape.elementCount, $1.dtype.byteCount))
            }
        }
        return OperatorWork(
            op.costClass,
            multiplyAccumulates: op.payload.multiplyAccumulates(
                inputs: [x] + constants, outputs: outputs),
            activationBytes: saturatingSum(bytes([x]), bytes(outputs)),
            weightBytes: bytes(constants))
    }
}

extension Op {
    /// Whether the operation becomes the clamp of the one before it.
    fileprivate var isClamp: Bool {
        guard case .unary(let unary) = self else { return false }
        return Clamp(unary.kind) != nil
    }

    /// The class under which the operations of rewrites are measured.
    fileprivate var costClass: OperatorClass {
        if case .unary(let unary) = self, [.sigmoid, .tanh, .elu, .exp].contains(unary.kind) {
            return .function
        }
        switch kind {
        case .conv2D: return .convolution
        case .depthwiseConv2D: return .depthwise
        case .fullyConnected: return .matrix
        case .gelu: return .function
        default: return .elementwise
        }
    }
}
