import GraphIR
import Kernels

extension TopK {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            let input = run.input(0, as: Element.self)
            if run.isFast {
                FastKernels.topK(
                    rows: rows, count: count, k: k, input: input, values: run.output(0),
                    indices: run.output(1), threads: run.threads)
            } else {
                ReferenceKernels.topK(
                    rows: rows, count: count, k: k, input: input, values: run.output(0),
                    indices: run.output(1))
            }
        }
        try run.withArithmeticType(0) { apply($0) }
    }
}
