import CKernels

extension FastKernels {
    /// Joins the elements along the reduced axes; `output` has `loop.resultCount` elements.
    ///
    /// Sums, means and extrema over neighbouring axes are vectorized, others run as in the reference.
    package static func reduce(
        _ reduction: Reduction, _ loop: ReductionLoop, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        guard let (outer, count, inner) = loop.contiguous, count > 0,
            let kernel = reduction.vectorized
        else {
            return ReferenceKernels.reduce(reduction, loop, input: input, output: output)
        }
        let scale = reduction == .mean ? 1 / Float(count) : 1
        Parallel.forEachPart(
            of: outer, threads: threads, grain: 16384 / max(count * inner, 1) + 1
        ) { part in
            kernels_reduce(
                kernel, part.count, count, inner, scale,
                input + part.lowerBound * count * inner, output + part.lowerBound * inner)
        }
    }
}

extension Reduction {
    /// The vectorized kernel of the reduction, if there is one.
    fileprivate var vectorized: kernels_reduction? {
        switch self {
        case .sum, .mean: kernels_reduce_sum
        case .maximum: kernels_reduce_maximum
        case .minimum: kernels_reduce_minimum
        case .product: nil
        }
    }
}
