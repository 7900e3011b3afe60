import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SUM, MEAN, REDUCE_MAX, REDUCE_MIN and REDUCE_PROD over the axes of the second input.
    func reduce(_ reduction: Reduction) throws -> PreparedOperator {
        let x = try plainInput(0)
        let (loop, shape) = try self.reduction(of: x)
        let y = try output(0, x.dtype, shape)
        func kernel<Element: ArithmeticElement & FixedWidthInteger>(_: Element.Type)
            -> PreparedOperator
        {
            PreparedOperator(y) { context in
                FastKernels.reduce(
                    reduction, loop, input: context.elements(x, Element.self),
                    output: context.output(y))
            }
        }
        switch x.dtype {
        case .float32:
            return PreparedOperator(y) { context in
                FastKernels.reduce(
                    reduction, loop, input: context.floats(x), output: context.floatOutput(y),
                    threads: context.threads)
            }
        case .int8: return kernel(Int8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        case .uint8: return kernel(UInt8.self)
        default: throw unsupported(x.dtype)
        }
    }

    /// REDUCE_ANY and REDUCE_ALL of bools.
    func reduce(_ reduction: BooleanReduction) throws -> PreparedOperator {
        let x = try plainInput(0)
        guard x.dtype == .bool else { throw unsupported(x.dtype) }
        let (loop, shape) = try self.reduction(of: x)
        let y = try output(0, x.dtype, shape)
        return PreparedOperator(y) { context in
            FastKernels.reduce(
                reduction, loop, input: context.elements(x), output: context.output(y))
        }
    }

    /// The elements that a reduction joins, and the shape of its result.
    func reduction(of x: Operand) throws -> (ReductionLoop, Shape) {
        var keepsDimensions = false
        if let options = optionalOptions(ReducerOptions.self) {
            keepsDimensions = options.keepsDimensions
        }
        let axes = Set(try integers(1).map { try axis($0, of: x.shape) })
        let loop = try fitting(ReductionLoop(x.shape, axes: axes.sorted()))
        let kept = x.shape.dims.indices.filter { !axes.contains($0) }
        let shape = keepsDimensions ? loop.keptShape : Shape(kept.map { x.shape.dims[$0] })
        return (loop, shape)
    }
}
