import GraphIR
import Kernels
import Tensors

extension ArgExtremum {
    func compute(_ run: NodeRun) throws {
        switch outputType {
        case .int32: try find(run, Int32.self)
        case .int64: try find(run, Int64.self)
        default: throw run.unsupported(outputType)
        }
    }

    private func find<Index: FixedWidthInteger>(_ run: NodeRun, _: Index.Type) throws {
        let (outer, count, inner) = try run.extents(run.shape(0), around: axis)
        guard count > 0 else { throw run.invalid("axis \(axis) of \(run.shape(0)) is empty") }
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            ReferenceKernels.firstIndex(
                isMinimum: kind == .min, outer: outer, count: count, inner: inner,
                input: run.input(0, as: Element.self), output: run.output(0, as: Index.self))
        }
        try run.withArithmeticType(0) { apply($0) }
    }
}
