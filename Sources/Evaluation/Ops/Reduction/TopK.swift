import GraphIR
import Kernels

extension TopK {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            FastKernels.topK(
                rows: rows, count: count, k: k, input: run.input(0, as: Element.self),
                values: run.output(0), indices: run.output(1), threads: run.threads)
        }
        try run.withArithmeticType(0) { apply($0) }
    }
}
