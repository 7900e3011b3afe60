import GraphIR
import Kernels
import Tensors

extension Gather {
    func compute(_ run: NodeRun) throws {
        switch run.dtype(1) {
        case .int32: try pick(run, Int32.self)
        case .int64: try pick(run, Int64.self)
        default: throw run.unsupported(run.dtype(1))
        }
    }

    private func pick<Index: FixedWidthInteger & BitwiseCopyable>(
        _ run: NodeRun, _: Index.Type
    ) throws {
        let isInside = LayoutKernels.gather(
            run.shape(0), axis: try run.fitting(run.shape(0).normalizedAxis(axis)),
            batchDims: batchDimensions, indicesShape: run.shape(1),
            indices: run.input(1, as: Index.self), elementSize: run.elementSize,
            input: run.bytes(0), output: run.outputBytes())
        guard isInside else {
            throw run.invalid("an index is outside axis \(axis) of \(run.shape(0))")
        }
    }
}
