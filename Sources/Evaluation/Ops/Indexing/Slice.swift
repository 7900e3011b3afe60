import GraphIR
import Kernels

extension Slice {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.slice(
            run.shape(0), begin: begin, extents: run.outputShape().dims, steps: strides,
            elementSize: run.elementSize, input: run.bytes(0), output: run.outputBytes())
    }
}
