import GraphIR
import Kernels

extension BoundedSlice {
    func compute(_ run: NodeRun) throws {
        let shape = run.shape(0)
        LayoutKernels.slice(
            shape, begin: shape.dims.indices.map { range($0, of: shape.dims[$0]).first },
            extents: run.outputShape().dims, steps: strides, elementSize: run.elementSize,
            input: run.bytes(0), output: run.outputBytes())
    }
}
