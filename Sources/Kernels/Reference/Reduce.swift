import Tensors

extension ReferenceKernels {
    /// Joins the elements along the reduced axes; `output` has `loop.resultCount` elements.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func reduce<Element: ArithmeticElement>(
        _ reduction: Reduction, _ loop: ReductionLoop, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) {
        let inner = ReductionLoop.offsets(loop.reducedExtents, loop.reducedStrides)
        let bases = ReductionLoop.offsets(loop.keptExtents, loop.keptStrides)
        for (index, base) in bases.enumerated() {
            output[index] = Element.reduce(reduction, inner.lazy.map { input[base + $0] })
        }
    }

    /// Joins the booleans along the reduced axes; without any, `any` is false and `all` true.
    package static func reduce(
        _ reduction: BooleanReduction, _ loop: ReductionLoop, input: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>
    ) {
        let inner = ReductionLoop.offsets(loop.reducedExtents, loop.reducedStrides)
        let bases = ReductionLoop.offsets(loop.keptExtents, loop.keptStrides)
        for (index, base) in bases.enumerated() {
            let holds =
                switch reduction {
                case .any: inner.contains { input[base + $0] != 0 }
                case .all: inner.allSatisfy { input[base + $0] != 0 }
                }
            output[index] = holds ? 1 : 0
        }
    }
}
