import GraphIR
import Problems
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
        guard !shape.dims.dropFirst().contains(Shape.free) else {
            throw Problem.unknownSpatialSize
        }
        let count = Shape(Array(shape.dims.dropFirst())).elementCount
        return [try builder.reshape(x, [shape.dims.first ?? 1, count])]
    }
}
