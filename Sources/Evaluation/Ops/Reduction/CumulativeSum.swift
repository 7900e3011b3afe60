import GraphIR
import Kernels

extension CumulativeSum {
    func compute(_ run: NodeRun) throws {
        let (outer, count, inner) = try run.extents(run.shape(0), around: axis)
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            FastKernels.cumulativeSum(
                outer: outer, count: count, inner: inner, exclusive: exclusive, reverse: reverse,
                input: run.input(0, as: Element.self), output: run.output(), threads: run.threads)
        }
        try run.withArithmeticType(0) { apply($0) }
    }
}
