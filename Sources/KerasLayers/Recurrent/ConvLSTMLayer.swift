import GraphIR
import KerasFormat
import KerasWeights
import KerasFunctions
import Tensors

/// `ConvLSTM1D`, `ConvLSTM2D`, `ConvLSTM3D`: a sequence of images through an LSTM of convolutions.
struct ConvLSTMLayer: RecurrentLayer {
    static let spatialRanks: KeyValuePairs = ["ConvLSTM1D": 1, "ConvLSTM2D": 2, "ConvLSTM3D": 3]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(
        .keras1 ... .keras3, "both data formats, masks, states",
        exceptions: ["ConvLSTM1D": .keras2 ... .keras3, "ConvLSTM3D": .keras2 ... .keras3])

    let cell: any RecurrentCell
    var settings: SequenceSettings
    private let format: DataFormat
    private let spatialRank: Int
    let keras1Storage: Keras1Storage

    init(config: LayerConfig, context: LayerContext) throws {
        let cell = try ConvLSTMCell(config: config, context: context)
        self.cell = cell
        settings = try SequenceSettings(config: config)
        format = cell.geometry.format
        spatialRank = cell.geometry.rank
        keras1Storage = .gates(
            order: [0, 2, 1, 3],
            axes: cell.geometry.format == .channelsFirst ? [2, 3, 1, 0] : nil)
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
