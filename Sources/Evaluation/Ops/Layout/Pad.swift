import GraphIR
import Kernels
import Tensors

extension Pad {
    func compute(_ run: NodeRun) throws {
        let element = Constant(
            Tensor(dtype: .float64, shape: .scalar, copying: [Double(value)]),
            as: run.outputs[0].dtype
        ).tensor()
        element.withBytes { bytes in
            guard let border = bytes.baseAddress else { return }
            LayoutKernels.pad(
                run.shape(0), before: amounts.map(\.before), after: amounts.map(\.after),
                elementSize: run.elementSize, value: border, input: run.bytes(0),
                output: run.outputBytes())
        }
    }
}
