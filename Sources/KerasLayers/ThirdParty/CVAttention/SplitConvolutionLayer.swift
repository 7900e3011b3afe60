import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `SplitConv2D` and `SplitScaledStandardizedConv2D`: a grouped convolution as one convolution for each group of channels.
///
/// Weights: those of the convolutions, group by group.
struct SplitConvolutionLayer: CompositeLayer {
    static let classNames = [
        "model_surgery>SplitConv2D", "model_surgery>SplitScaledStandardizedConv2D",
    ]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "channels last")

    let context: LayerContext
    private let groups: Int
    /// The class and the configuration of the convolution of a group.
    private let part: JSONValue

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        groups = try config.size("groups", default: 1)
        guard try config.dataFormat() == .channelsLast else {
            throw Problem(
                .invalidField("data_format", value: "channels_first", expected: "channels_last"))
        }
        let isStandardized = context.className.contains("Standardized")
        var object = config.object
        object["groups"] = .int(1)
        object["filters"] = .int(Int64(try config.size("filters") / groups))
        part = .object(
            JSONObject([
                (
                    "class_name",
                    .string(isStandardized ? "nfnets>ScaledStandardizedConv2D" : "Conv2D")
                ),
                ("config", .object(object)),
            ]))
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let channels = try builder.shape(of: x).knownExtent(-1)
        guard channels >= groups, channels % groups == 0 else {
            throw Problem(.invalidShape("\(channels) channels do not make \(groups) groups"))
        }
        let size = channels / groups
        let axis = builder.shape(of: x).rank - 1
        let parts = try (0..<groups).map { group in
            try call.sublayer("convs", position: group, part)(
                builder.slice(x, axis: axis, from: group * size, count: size))
        }
        return [try builder.concatenate(parts, axis: axis)]
    }
}
