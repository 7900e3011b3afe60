import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `CompatibleExtractPatches`: windows of an image as channels, `[N, rows, columns, size · size · C]`, or with the axes of the
/// window apart.
///
/// The padding `same` adds half a window of zeros on every side.
struct CompatibleExtractPatchesLayer: CompositeLayer {
    static let classNames = ["kecamCommon>CompatibleExtractPatches"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "without `force_conv`")

    let context: LayerContext
    private let size: Int
    private let stride: Int
    private let rate: Int
    private let pads: Bool
    private let isCompressed: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
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

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let builder = call.builder
        var x = try call.onlyInput()
        try builder.requireRank(x, 4)
        if pads {
            let amount = PadAmount(size / 2, size / 2)
            x = try builder.pad(x, [.none, amount, amount, .none])
        }
        let patches = try call.scope.operation(
            "ExtractPatches", [x],
            JSONObject([
                ("size", .int(Int64(size))), ("strides", .int(Int64(stride))),
                ("dilation_rate", .int(Int64(rate))), ("padding", .string("valid")),
                ("data_format", .string("channels_last")),
            ])
        ).only()
        guard !isCompressed else { return [patches] }
        return [
            try builder.reshape(
                patches,
                Array(builder.extents(of: patches).dropLast())
                    + [.known(size), .known(size), builder.extent(3, of: x)])
        ]
    }
}
