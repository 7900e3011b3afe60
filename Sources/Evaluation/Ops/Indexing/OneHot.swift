import GraphIR
import Kernels

extension OneHot {
    func compute(_ run: NodeRun) throws {
        let output = try run.floatOutput()
        func apply<Index: FixedWidthInteger>(_: Index.Type) {
            ReferenceKernels.oneHot(
                outer: run.shape(0).elementCount, depth: depth, inner: 1, on: on, off: off,
                indices: run.input(0, as: Index.self), output: output)
        }
        switch run.dtype(0) {
        case .int32: apply(Int32.self)
        case .int64: apply(Int64.self)
        case .uint8: apply(UInt8.self)
        default: throw run.unsupported(run.dtype(0))
        }
    }
}
