import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// Throws if an operand has another rank.
    func require(_ operand: Operand, rank: Int) throws {
        guard operand.shape.rank == rank else {
            throw malformed("an operand has shape \(operand.shape) instead of rank \(rank)")
        }
    }

    /// Throws if an operand is there and has another shape.
    func require(_ operand: Operand?, _ shape: Shape) throws {
        guard let operand, operand.shape != shape else { return }
        throw malformed("its weights have shape \(operand.shape) instead of \(shape)")
    }

    /// Throws if that many floats exceed the memory limit.
    func requireScratch(_ extents: [Int]) throws {
        let limit = Int(Int32.max)
        guard extents.allSatisfy({ $0 <= limit }) else {
            throw unsupported("its windows reach over \(extents), which is too much")
        }
        _ = try budget.byteCount(.float32, Shape(extents), "scratch of \(code.builtin)")
    }

    /// A bias of `count` floats, or nil if it is absent.
    func bias(_ index: Int, count: Int) throws -> Operand? {
        guard let bias = try optionalFloatInput(index) else { return nil }
        guard bias.count == count else {
            throw malformed("its bias has shape \(bias.shape) for \(count) channels")
        }
        return bias
    }

    /// A single element of the type of another operand.
    func plainOrEqualScalar(_ index: Int, like x: Operand) throws -> Operand {
        let scalar = try input(index)
        guard scalar.count == 1, scalar.dtype == x.dtype else {
            throw malformed("input \(index) must be a scalar of type \(x.dtype.rawValue)")
        }
        return scalar
    }

    /// The bytes of the element that stands for 0.
    func zeroElement(of x: Operand) -> [UInt8] {
        let zeroPoint = x.quantization?.zeroPoint.first ?? 0
        return withUnsafeBytes(of: zeroPoint.littleEndian) { Array($0.prefix(8)) }
    }

    /// A float input of rank 1 or more, as rows along its last axis.
    func rowInput() throws -> (x: Operand, rows: Int, count: Int) {
        let x = try floatInput(0)
        guard let count = x.shape.dims.last else { throw malformed("a scalar has no last axis") }
        return (x, Shape(Array(x.shape.dims.dropLast())).elementCount, count)
    }
}

extension TFLiteActivation {
    /// The clamp that a kernel applies; TANH and SIGN_BIT do nothing there, as in LiteRT.
    var clamp: Clamp {
        switch self {
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .none, .tanh, .signBit: .none
        }
    }
}
