import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Equalization` of keras-cv: the values of each channel spread so that all are about equally frequent.
///
/// With n(v) pixels below a value v, it becomes ⌊(n(v) + ⌊s / 2⌋) / s⌋, where s is a 255th of all pixels but those of the rarest value;
/// a channel for which s is 0 stays as it is.
struct CVEqualizationLayer: KerasLayer {
    static let classNames = ["keras_cv>Equalization"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "of images of known size, with 256 bins")

    private let range: CVColorRange
    private let bins = 256

    init(config: LayerConfig, context: LayerContext) throws {
        range = try CVColorRange(config: config)
        let stated = try config.int("bins", default: bins, in: 1...1 << 16)
        guard stated == bins else {
            throw Problem(.invalidField("bins", value: "\(stated)", expected: "256"))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let shape = builder.shape(of: x)
        let count = try checkedProduct(shape.knownExtent(1), shape.knownExtent(2), "the image")
        let channels = try shape.knownExtent(3)
        try checkList(channels, "the channels")
        return [
            try range.apply(to: x, in: builder) { colors in
                let limited = try builder.clamp(colors, from: 0, to: 255)
                let pixels = try builder.reshape(
                    builder.cast(limited, to: .int32),
                    [builder.extent(0, of: x), .known(count), .known(channels)])
                let spread = try (0..<channels).map { channel in
                    try equalized(
                        builder.squeezeDimension(
                            builder.slice(pixels, axis: 2, from: channel, count: 1), at: 2),
                        count: count, in: builder)
                }
                return try builder.reshape(
                    builder.stacked(spread, axis: 2), builder.extents(of: x))
            }
        ]
    }

    /// The new values of pixels `[N, count]`.
    private func equalized(
        _ pixels: ValueID, count: Int, in builder: GraphBuilder
    ) throws -> ValueID {
        let values = builder.constant(Constant(Array(0..<bins), [bins]), role: "values")
        let matches = try builder.binary(
            .equal, builder.expandDimension(pixels, at: 2), values)
        let histogram = try builder.reduce(
            .sum, builder.cast(matches, to: .float32), axes: [1])
        let present = try builder.select(
            builder.binary(.equal, histogram, 0), builder.scalar(Double(1 << 30), like: histogram),
            histogram)
        let rarest = try builder.reduce(.min, present, axes: [1], keepDimensions: true)
        let others = try builder.binary(
            .add, builder.binary(.multiply, rarest, -1), Double(count))
        // Half a pixel keeps whole quotients from being rounded to the number below.
        let step = try builder.unary(
            .floor, builder.binary(.multiply, builder.binary(.add, others, 0.5), 1 / 255))
        let half = try builder.unary(.floor, builder.binary(.multiply, step, 0.5))
        let below = try builder.mixed(histogram, count: bins, role: "below") { $0 < $1 ? 1 : 0 }
        let quotient = try builder.unary(
            .floor,
            builder.divide(
                builder.binary(.add, builder.add(below, half), 0.5),
                builder.binary(.maximum, step, 1)))
        let table = try builder.clamp(quotient, from: 0, to: 255)
        let spread = try builder.taken(table, pixels, axis: 1, batch: 1)
        return try builder.select(
            builder.binary(.equal, step, 0), builder.cast(pixels, to: .float32), spread)
    }
}
