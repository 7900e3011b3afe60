import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `TCN` of keras-tcn: residual blocks of dilated convolutions.
///
/// A block is twice a convolution, a normalization if one is asked for, and the activation; its result goes to the skip
/// connections and, with the block's input added (through a convolution of one step if the number of channels changes) and
/// activated once more, to the next block. The output is the sum of the skip connections, or the last block without them:
/// the whole sequence `[N, steps, filters]`, or its last step (the middle one with the padding `same`).
///
/// Weights: for each block kernel and bias of the first convolution, those of its normalization, the same of the second
/// convolution, kernel and bias of the convolution of one step.
struct TCNLayer: CompositeLayer {
    static let classNames = ["TCN"]

    static let support = LayerSupport(
        package: "keras-tcn", .keras2 ... .keras3, "all normalizations and paddings")

    /// What normalizes the results of convolutions.
    private enum Normalization: String, CaseIterable {
        case batch = "use_batch_norm"
        case layer = "use_layer_norm"
        case weight = "use_weight_norm"
    }

    /// A residual block.
    private struct Block {
        var index: Int
        var filters: Int
        var dilation: Int
    }

    let context: LayerContext
    private let blocks: [Block]
    private let kernelSize: Int
    private let padding: String
    private let activation: JSONValue
    private let normalization: Normalization?
    private let usesSkips: Bool
    private let returnsSequences: Bool
    private let goesBackwards: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        let dilations = try config.ints("dilations", in: ConfigLimits.size)
        let filters = try config.ints("nb_filters", count: dilations.count, in: ConfigLimits.size)
        let stacks = try config.size("nb_stacks", default: 1)
        blocks = (0..<stacks * dilations.count).map { index in
            let place = index % dilations.count
            return Block(index: index, filters: filters[place], dilation: dilations[place])
        }
        kernelSize = try config.size("kernel_size")
        padding = try config.string("padding", default: "causal")
        activation = config["activation"] ?? .string("relu")
        normalization = try Normalization.allCases.first {
            try config.bool($0.rawValue, default: false)
        }
        usesSkips = try config.bool("use_skip_connections", default: true)
        returnsSequences = try config.bool("return_sequences", default: false)
        goesBackwards = try config.bool("go_backwards", default: false)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let builder = call.builder
        var x = try call.onlyInput()
        try builder.requireRank(x, 3)
        if goesBackwards { x = try builder.reverseTime(x) }
        var sum: ValueID?
        for block in blocks {
            let (next, skip) = try outputs(of: block, x, call)
            x = next
            if usesSkips { sum = try sum.map { try builder.add($0, skip) } ?? skip }
        }
        let y = sum ?? x
        return [returnsSequences ? y : try step(y, in: builder)]
    }

    /// The result of a block, and what it hands to the skip connections.
    private func outputs(
        of block: Block, _ x: ValueID, _ call: CustomCall
    ) throws -> (next: ValueID, skip: ValueID) {
        let path = "residual_block_\(block.index)"
        var y = x
        for number in 0..<2 {
            y = try convolved(y, block, number, path, call)
            y = try call.scope.activation(activation, y)
        }
        var shortcut = x
        if try call.builder.shape(of: x).knownExtent(-1) != block.filters {
            shortcut = try call.layer(
                "\(path)/matching_conv1D", "Conv1D",
                ["filters": .int(Int64(block.filters)), "kernel_size": .int(1)])(x)
        }
        let skip = try call.scope.activation(activation, y)
        return (try call.scope.activation(activation, call.builder.add(shortcut, skip)), skip)
    }

    /// One convolution of a block with its normalization.
    private func convolved(
        _ x: ValueID, _ block: Block, _ number: Int, _ path: String, _ call: CustomCall
    ) throws -> ValueID {
        let config: KeyValuePairs<String, JSONValue> = [
            "filters": .int(Int64(block.filters)), "kernel_size": .int(Int64(kernelSize)),
            "dilation_rate": .int(Int64(block.dilation)), "padding": .string(padding),
        ]
        guard normalization != .weight else {
            let layer = JSONObject([
                ("class_name", .string("Conv1D")),
                ("config", .object(JSONObject(config.map { ($0.key, $0.value) }))),
            ])
            return try call.layer(
                "\(path)/layers", at: number, "Addons>WeightNormalization",
                ["layer": .object(layer)])(x)
        }
        let y = try call.layer("\(path)/conv1D_\(number)", "Conv1D", config)(x)
        switch normalization {
        case .batch:
            return try call.layer("\(path)/batch_norm_layers", at: number, "BatchNormalization")(y)
        case .layer:
            return try call.layer("\(path)/layer_norm_layers", at: number, "LayerNormalization")(y)
        case .weight, nil: return y
        }
    }

    /// The step of a sequence that the layer returns.
    private func step(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let last =
            padding == "same"
            ? try builder.slice(
                x, axis: 1, from: builder.shape(of: x).knownExtent(1) / 2, count: 1)
            : try builder.lastStep(x)
        return try builder.squeezeDimension(last, at: 1)
    }
}
