import Foundations
import GraphIR
import TFLiteFormat
import Tensors

extension BatchNormalization {
    /// MUL by γ/√(σ² + ε) and ADD of β − μ · γ/√(σ² + ε).
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let parameters = (1...4).compactMap { node.constant($0)?.doubles() }
        guard parameters.count == 4 else {
            throw node.unsupported("its statistics are computed while the model runs")
        }
        let (gamma, beta, mean, variance) = (
            parameters[0], parameters[1], parameters[2], parameters[3]
        )
        let scale = zip(gamma, variance).map { $0 / sqrt($1 + epsilon) }
        let shift = zip(beta, zip(mean, scale)).map { $0 - $1.0 * $1.1 }
        let rank = node.inputType(0).shape.rank
        let shape = Shape([scale.count] + [Int](repeating: 1, count: rank - 1 - axis))
        let layer = node.node.layer
        let product = node.emitStep(
            .mul, [node.input(0), node.parameter(Constant(scale, shape), role: "\(layer)/scale")],
            node.inputType(0), MulOptions())
        node.emit(
            .add, [product, node.parameter(Constant(shift, shape), role: "\(layer)/shift")],
            AddOptions())
    }
}
