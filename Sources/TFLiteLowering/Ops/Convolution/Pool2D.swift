import GraphIR
import TFLiteFormat

extension Pool2D {
    /// MAX_POOL_2D or AVERAGE_POOL_2D.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            kind == .max ? .maxPool2D : .averagePool2D, node.inputs,
            Pool2DOptions(
                padding: .init(padding), strideWidth: strides.width,
                strideHeight: strides.height, filterWidth: window.width,
                filterHeight: window.height, activation: .init(activation)))
    }
}
