import GraphIR
import KerasFormat
import Problems
import Tensors

/// `CompatibleExtractPatches`: windows of an image as channels, `[N, rows, columns, size · size · C]`, or with the axes of the
/// window apart.
///
/// The padding `same` adds half a window of zeros on every side.
struct CompatibleExtractPatchesLayer: KerasLayer {
    static let classNames = ["kecamCommon>CompatibleExtractPatches"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "without `force_conv`")

    private let size: Int
    private let stride: Int
    private let rate: Int
    private let pads: Bool
    private let isCompressed: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        func number(_ field: String, _ standard: Int) throws -> Int {
            let values = try config.optionalInts(field, in: ConfigLimits.size) ?? [standard]
            return values.count > 1 ? values[1] : values.first ?? standard
        }
        size = try number("sizes", 3)
        stride = try number("strides", 2)
        rate = try number("rates", 1)
        pads = try config.string("padding", default: "same").lowercased() == "same"
        isCompressed = try config.bool("compressed", default: true)
        if try config.bool("force_conv", default: false) {
            throw Problem(
                .unsupported(
                    what: "'force_conv' is not supported", remedy: "Save the model without it."))
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var x = try call.onlyInput()
        try builder.requireRank(x, 4)
        if pads {
            let amount = PadAmount(size / 2, size / 2)
            x = try builder.pad(x, [.none, amount, amount, .none])
        }
        let patches = try windows(of: x, in: builder)
        guard !isCompressed else { return [patches] }
        return [
            try builder.reshape(
                patches,
                Array(builder.extents(of: patches).dropLast())
                    + [.known(size), .known(size), builder.extent(3, of: x)])
        ]
    }

    /// The elements of each window as channels, one strided slice of the image for each place in it.
    private func windows(of x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let shape = builder.shape(of: x)
        let reach = (size - 1) * rate
        let extents = try [1, 2].map { try shape.knownExtent($0) }
        guard extents.allSatisfy({ $0 > reach }), size <= 64 else {
            throw Problem(.invalidShape("windows of \(size) in an image of \(shape)"))
        }
        let counts = extents.map { ($0 - reach - 1) / stride + 1 }
        let parts = try (0..<size * size).map { place in
            try builder.add(
                .slice(
                    Slice(
                        begin: [0, place / size * rate, place % size * rate, 0],
                        sizes: [-1, counts[0], counts[1], -1], strides: [1, stride, stride, 1])),
                [x])
        }
        return try builder.concatenate(parts, axis: 3)
    }
}
