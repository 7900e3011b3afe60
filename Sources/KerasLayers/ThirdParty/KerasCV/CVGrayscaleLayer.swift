import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Grayscale` of keras-cv: the luminance of colours, as one channel or as three equal ones.
struct CVGrayscaleLayer: KerasLayer {
    static let classNames = ["keras_cv>Grayscale"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    private let count: Int

    init(config: LayerConfig, context: LayerContext) throws {
        count = try config.int("output_channels", default: 1, in: 1...3)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try builder.floating(call.onlyInput())
        let rows = (0..<count).flatMap { _ in [0.2989, 0.587, 0.114] }
        let weights = builder.constant(Constant(rows, [count, 3]), role: "luminance")
        return [try builder.add(.fullyConnected(FullyConnected()), [x, weights])]
    }
}
