import GraphIR
import Tensors

extension Slice: Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool { strides.allSatisfy { $0 == 1 } }

    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let (x, part) = (step.shape(0), step.builder.shape(of: step.output))
        let amounts = x.dims.indices.map {
            PadAmount(begin[$0], x.dims[$0] - begin[$0] - part.dims[$0])
        }
        return [try step.builder.pad(step.gradient, amounts)]
    }
}
