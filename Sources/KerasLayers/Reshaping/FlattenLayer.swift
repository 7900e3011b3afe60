import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `Flatten`: all elements of a sample in one axis, in channels-last order whatever the data format.
struct FlattenLayer: KerasLayer {
    static let classNames = ["Flatten"]

    static let support = LayerSupport(.keras1 ... .keras3, "both data formats")

    let format: DataFormat

    init(config: LayerConfig, context: LayerContext) throws {
        format = try config.dataFormat()
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var x = try call.onlyInput()
        if format == .channelsFirst, builder.shape(of: x).rank > 2 {
            x = try builder.channelsLast(from: x)
        }
        let shape = builder.shape(of: x)
        let sample = Shape(Array(shape.dims.dropFirst()))
        let count = sample.isStatic ? Extent.known(sample.elementCount) : .rest
        let batch = shape.rank > 0 ? builder.extent(0, of: x) : .known(1)
        return [try builder.reshape(x, [batch, count])]
    }
}
