import GraphIR
import Kernels

extension Pool2D {
    func compute(_ run: NodeRun) throws {
        let x = run.shape(0)
        let parameters = Pool2DParameters(
            batch: x[0],
            height: try run.axis(
                x[1], kernel: window.height, stride: strides.height, padding: padding),
            width: try run.axis(
                x[2], kernel: window.width, stride: strides.width, padding: padding),
            channels: x[3], activation: activation)
        let (input, output) = (try run.floats(0), try run.floatOutput())
        switch (kind, run.isFast) {
        case (.max, true):
            FastKernels.maxPool2D(parameters, input: input, output: output, threads: run.threads)
        case (.average, true):
            FastKernels.averagePool2D(
                parameters, input: input, output: output, threads: run.threads)
        case (.max, false): ReferenceKernels.maxPool2D(parameters, input: input, output: output)
        case (.average, false):
            ReferenceKernels.averagePool2D(parameters, input: input, output: output)
        }
    }
}
