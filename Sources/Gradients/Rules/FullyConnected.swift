import GraphIR
import Tensors

extension FullyConnected: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let step = try step.before(activation)
        let builder = step.builder
        let (x, filter) = (step.shape(0), step.shape(1))
        let gradient = try builder.reshape(step.gradient, [-1, filter[0]])
        var result: [ValueID?] = [nil, nil]
        if step.isWanted[0] {
            let turned = try builder.transpose(step.inputs[1], [1, 0])
            result[0] = try builder.reshape(
                builder.add(FullyConnected().op, [gradient, turned]), x.dims)
        }
        if step.isWanted[1] {
            let rows = try builder.reshape(step.inputs[0], [-1, filter[1]])
            result[1] = try builder.add(
                FullyConnected().op,
                [builder.transpose(gradient, [1, 0]), builder.transpose(rows, [1, 0])])
        }
        return result + (try step.biasGradient())
    }
}
