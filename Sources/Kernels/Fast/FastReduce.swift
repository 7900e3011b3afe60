import CKernels
import Tensors

extension FastKernels {
    /// Joins the elements along the reduced axes; `output` has `loop.resultCount` elements.
    package static func reduce(
        _ reduction: Reduction, _ loop: ReductionLoop, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        guard loop.reducedCount > 0 else {
            return ReferenceKernels.reduce(reduction, loop, input: input, output: output)
        }
        let scale = reduction == .mean ? 1 / Float(loop.reducedCount) : 1
        loop.forEachStep(input: input, output: output) { step, source, target in
            let grain = 16384 / max(step.count * step.inner, 1) + 1
            Parallel.forEachPart(of: step.outer, threads: threads, grain: grain) { part in
                kc_reduce(
                    reduction.kernel, part.count, step.count, step.inner, step.isLast ? scale : 1,
                    source + part.lowerBound * step.count * step.inner,
                    target + part.lowerBound * step.inner)
            }
        }
    }

    /// Joins the booleans along the reduced axes; without any, `any` is false and `all` true.
    package static func reduce(
        _ reduction: BooleanReduction, _ loop: ReductionLoop, input: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>
    ) {
        guard loop.reducedCount > 0 else {
            return ReferenceKernels.reduce(reduction, loop, input: input, output: output)
        }
        loop.forEachStep(input: input, output: output) { step, source, target in
            switch reduction {
            case .any: step.join(source, target, from: 0) { $0 | ($1 == 0 ? 0 : 1) }
            case .all: step.join(source, target, from: 1) { $0 & ($1 == 0 ? 0 : 1) }
            }
        }
    }

    /// Joins the integers along the reduced axes; as the reference.
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func reduce<Element: ArithmeticElement & FixedWidthInteger>(
        _ reduction: Reduction, _ loop: ReductionLoop, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) {
        guard loop.reducedCount > 0, reduction != .mean else {
            return ReferenceKernels.reduce(reduction, loop, input: input, output: output)
        }
        loop.forEachStep(input: input, output: output) { step, source, target in
            switch reduction {
            case .product: step.join(source, target, from: 1) { $0 &* $1 }
            case .maximum: step.join(source, target, from: .min) { $1 > $0 ? $1 : $0 }
            case .minimum: step.join(source, target, from: .max) { $1 < $0 ? $1 : $0 }
            case .sum, .mean: step.join(source, target, from: 0) { $0 &+ $1 }
            }
        }
    }
}

extension ReductionLoop.Step {
    /// Joins the middle of `[outer, count, inner]` element by element.
    @inline(__always)
    fileprivate func join<Element>(
        _ source: UnsafePointer<Element>, _ target: UnsafeMutablePointer<Element>,
        from start: Element, _ body: (Element, Element) -> Element
    ) {
        for row in 0..<outer {
            let rows = source + row * count * inner
            if inner == 1 {
                var result = start
                for index in 0..<count { result = body(result, rows[index]) }
                target[row] = result
                continue
            }
            let results = target + row * inner
            results.update(repeating: start, count: inner)
            for index in 0..<count {
                let values = rows + index * inner
                for column in 0..<inner {
                    results[column] = body(results[column], values[column])
                }
            }
        }
    }
}

extension Reduction {
    /// The vectorized kernel of the reduction; the one of a mean gives the sum.
    fileprivate var kernel: kc_reduction {
        switch self {
        case .sum, .mean: kc_reduce_sum
        case .product: kc_reduce_product
        case .maximum: kc_reduce_maximum
        case .minimum: kc_reduce_minimum
        }
    }
}
