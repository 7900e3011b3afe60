import GraphIR
import KerasFormat
import KerasFunctions
import Tensors

/// `ConvLSTM1D`, `ConvLSTM2D`, `ConvLSTM3D`: a sequence of images through an LSTM of convolutions.
struct ConvLSTMLayer: RecurrentLayer {
    static let classNames = ["ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "both data formats, masks, states",
        exceptions: ["ConvLSTM1D": .keras2 ... .keras3, "ConvLSTM3D": .keras2 ... .keras3])

    let cell: any RecurrentCell
    var settings: SequenceSettings
    private let format: DataFormat
    private let spatialRank: Int

    init(config: LayerConfig, context: LayerContext) throws {
        let cell = try ConvLSTMCell(config: config, context: context)
        self.cell = cell
        settings = try SequenceSettings(config: config)
        format = cell.geometry.format
        spatialRank = cell.geometry.rank
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard format == .channelsFirst else { return try buildSequence(call, in: builder) }
        var call = call
        let named = call.keywords["initial_state"]?.tensors ?? []
        call.inputs = try
            (call.inputs.prefix(1) + (named.isEmpty ? call.inputs.dropFirst() : named[...]))
            .map { x in
                let channels = builder.shape(of: x).rank - 1 - spatialRank
                return try move(x, from: channels, toLast: true, in: builder)
            }
        call.keywords["initial_state"] = nil
        return try buildSequence(call, in: builder).map { y in
            let channels = builder.shape(of: y).rank - 1 - spatialRank
            return try move(y, from: channels, toLast: false, in: builder)
        }
    }

    /// Moves the channels from an axis to the last one, or back.
    private func move(
        _ x: ValueID, from axis: Int, toLast: Bool, in builder: GraphBuilder
    ) throws -> ValueID {
        let rank = builder.shape(of: x).rank
        var axes = Array(0..<rank)
        axes.insert(axes.remove(at: toLast ? axis : rank - 1), at: toLast ? rank - 1 : axis)
        return try builder.transpose(x, axes)
    }
}
