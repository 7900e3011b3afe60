import GraphIR
import Kernels
import Tensors

extension Reduce {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(ReductionLoop(run.shape(0), axes: axes))
        switch kind {
        case .sum: try reduce(.sum, loop, run)
        case .mean: try reduce(.mean, loop, run)
        case .max: try reduce(.maximum, loop, run)
        case .min: try reduce(.minimum, loop, run)
        case .product: try reduce(.product, loop, run)
        case .any: try reduce(.any, loop, run)
        case .all: try reduce(.all, loop, run)
        }
    }

    private func reduce(_ reduction: Reduction, _ loop: ReductionLoop, _ run: NodeRun) throws {
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            ReferenceKernels.reduce(
                reduction, loop, input: run.input(0, as: Element.self), output: run.output())
        }
        if run.isFast, run.dtype(0) == .float32 {
            FastKernels.reduce(
                reduction, loop, input: try run.floats(0), output: try run.floatOutput(),
                threads: run.threads)
        } else {
            try run.withArithmeticType(0) { apply($0) }
        }
    }

    private func reduce(
        _ reduction: BooleanReduction, _ loop: ReductionLoop, _ run: NodeRun
    ) throws {
        guard run.dtype(0) == .bool else { throw run.unsupported(run.dtype(0)) }
        if run.isFast {
            FastKernels.reduce(reduction, loop, input: run.input(0), output: run.output())
        } else {
            ReferenceKernels.reduce(reduction, loop, input: run.input(0), output: run.output())
        }
    }
}
