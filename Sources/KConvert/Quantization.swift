import GraphIR
import Interpreter
import Problems
import Quantization
import Reports
import TensorFiles
import Tensors
import Verification

/// In which form a file stores numbers and computes with them.
public struct QuantizationOptions: Sendable {
    /// What is stored in fewer bits than 32.
    public enum Mode: String, Sendable, CaseIterable {
        /// Weights as 16-bit floats: half the size, computed with as 32-bit floats.
        case float16
        /// Weights as integers that operators multiply by inputs which they round as they run.
        case dynamic
        /// Weights as integers that become floats before anything is computed.
        case weights
        /// Weights and activations as 8-bit integers.
        case int8
        /// Weights as 8-bit, activations as 16-bit integers.
        case int16x8
    }

    /// The type of the elements that callers of an integer file give and get for real numbers.
    public enum Interface: String, Sendable, CaseIterable {
        case float32, int8, uint8, int16
    }

    /// Which weights have a scale for each output channel instead of one for all.
    public enum ChannelScales: String, Sendable, CaseIterable {
        /// Those of convolutions and of matrix products.
        case all = "conv,dense"
        /// Those of convolutions.
        case convolutions = "conv"
        /// None.
        case none
    }

    /// What is stored in fewer bits.
    public var mode: Mode
    /// The width of weights in `dynamic` and `weights`: 8, or 4 for those of matrix products, 2-D convolutions and embeddings.
    public var weightBits = 8
    /// How many neighbours in a row of a matrix share a scale in `dynamic` with 4 bits: 32, 64, 128 or 256; nil if each output
    /// has one scale.
    ///
    /// Runtimes without XNNPACK compute something else.
    public var blockLength: Int?
    /// Typical inputs, for the modes that store activations as integers.
    public var samples: CalibrationSamples?
    /// How ranges follow from samples: `minmax`, `percentile:99.99` or `mse`.
    public var calibration = "minmax"
    /// The type of inputs and outputs of a file whose activations are integers.
    public var interface = Interface.float32
    /// Layers that compute with floats, as paths or as patterns in which `*` stands for any characters.
    public var floatLayers: [String] = []
    /// Layers whose activations have 16 bits, as paths or patterns; for `int8`.
    public var wideLayers: [String] = []
    /// Which weights have a scale for each output channel.
    public var channelScales = ChannelScales.all
    /// Whether LSTM cells compute with integers in `int8`, unless that is measured to cost much, instead of floats beside 8-bit
    /// weights.
    public var hasIntegerCells = true
    /// Whether the ranges of `minmax` are cut off at rare numbers if there are 32 samples or more and that is measured to help.
    public var clipsRanges = true
    /// Whether biases are moved if that is measured to help.
    public var correctsBias = true
    /// Whether channels between two sums of products are made alike where that is measured to help.
    public var equalizes = true
    /// The greatest loss that is accepted: the part of right answers that is lost if there is a `truth`, else of answers on
    /// samples held back that change, or noise by signal for a model without scores; as few layers as possible stay in
    /// float to keep to it.
    public var accuracyBudget: Double?
    /// The array of true classes in the `.npz` file of the samples.
    public var truth: String?
    /// Writes the ranges found on the samples to this file.
    public var savedStatistics: String?
    /// Reads ranges from a file that `savedStatistics` wrote, instead of samples.
    public var statistics: String?
    /// Constants with fewer elements stay floats if weights alone are stored; nil for 64 in 16 bits and 1024 as
    /// integers, below which files grow.
    public var leastElementCount: Int?
    /// The least accepted ratio of signal to quantization noise of an output that varies, in decibels.
    public var leastSignalToNoise = 10.0
    /// Whether a file that agrees less than that is written all the same.
    public var isForced = false

    /// Whether nothing is stored but the weights that are integers in the file of the model.
    var keepsFileIntegers = false

    /// A mode with its defaults.
    public init(_ mode: Mode) {
        self.mode = mode
    }

    /// Weights as 16-bit floats.
    public static var float16: QuantizationOptions { .init(.float16) }

    /// Weights as integers, multiplied by inputs that operators round as they run.
    public static var dynamic: QuantizationOptions { .init(.dynamic) }

    /// Weights as integers that become floats before anything is computed.
    public static var weights: QuantizationOptions { .init(.weights) }

    /// Weights and activations as 8-bit integers.
    public static func int8(samples: CalibrationSamples) -> QuantizationOptions {
        var options = QuantizationOptions(.int8)
        options.samples = samples
        return options
    }
}

extension QuantizationOptions.Mode {
    /// The width of activations; nil for real numbers.
    var activationBits: Int? {
        switch self {
        case .float16, .dynamic, .weights: nil
        case .int8: 8
        case .int16x8: 16
        }
    }
}

/// Typical inputs of a model, which show the numbers that integers have to stand for.
public struct CalibrationSamples: Sendable {
    private enum Source: Sendable {
        case files(String, ImageScale)
        case arrays([String: LiteTensor])
        case noise
    }

    private let source: Source

    /// Samples in files: a `.npz` file with an array for each input by its name, a `.npy` or `.csv` file for a model with one
    /// input, or a folder of images or arrays.
    ///
    /// Arrays have a row for each sample.
    ///
    /// - Parameter images: how pixels become elements.
    public static func file(_ path: String, images: ImageScale = ImageScale()) -> CalibrationSamples
    {
        CalibrationSamples(source: .files(path, images))
    }

    /// Samples in arrays by the name of the input, with a row for each sample.
    public static func arrays(_ arrays: [String: LiteTensor]) -> CalibrationSamples {
        CalibrationSamples(source: .arrays(arrays))
    }

    /// Noise over the range of each input, for models whose data are not at hand; it costs 1 to 5 decibels.
    public static let random = CalibrationSamples(source: .noise)

    /// Whether these are noise.
    var isNoise: Bool { if case .noise = source { true } else { false } }

    /// The file that they are read from.
    var path: String? { if case .files(let path, _) = source { path } else { nil } }

    /// The samples for a model.
    func open(for graph: Graph, seed: UInt64) throws -> any SampleSource {
        switch source {
        case .files(let path, let images):
            try SampleFiles.samples(path, for: graph, images: images)
        case .arrays(let arrays):
            try SampleFiles.samples(arrays.mapValues(\.tensor), for: graph)
        case .noise:
            SampleFiles.noise(for: graph, bounds: graph.inputIndexBounds, seed: seed)
        }
    }
}

/// What was stored in fewer bits.
public struct QuantizationReport: Sendable, Codable {
    /// How the integers of an input or output stand for real numbers: scale · (integer − zero point).
    public struct Port: Sendable, Codable {
        /// The name in the model.
        public let name: String
        /// Whether it is an input.
        public let isInput: Bool
        /// The type of the integers.
        public let dtype: String
        /// The distance between two numbers.
        public let scale: Float
        /// The integer that stands for 0.
        public let zeroPoint: Int
    }

    /// A layer that computes with floats, and why.
    public struct FloatLayer: Sendable, Codable {
        /// The Keras layer, as a path through nested models.
        public let layer: String
        /// Why it has no integers.
        public let reason: String
    }

    /// How well the integers of a layer agree with its numbers on samples held back.
    public struct Layer: Sendable, Codable {
        /// The Keras layer, as a path through nested models.
        public let layer: String
        /// The ratio of signal to noise, in decibels.
        public let signalToNoise: Double
        /// Which part of the elements lies beyond what the integers reach.
        public let saturatedPart: Double

        init(_ agreement: LayerAgreement) {
            layer = agreement.layer
            signalToNoise = agreement.signalToNoise
            saturatedPart = agreement.saturatedPart
        }
    }

    /// What a budget of accuracy led to.
    public struct Budget: Sendable, Codable {
        /// What is counted.
        public let measure: String
        /// The greatest loss that is accepted.
        public let limit: Double
        /// The loss that remains.
        public let loss: Double
        /// The layers that stay in float for it, those that matter most first.
        public let layers: [String]
    }

    /// The mode, as the command takes it; `as in the model` for weights that its file holds as integers.
    public let mode: String
    /// How many constants were stored in fewer bits.
    public let constants: Int
    /// How many of them have integers of 4 bits.
    public let narrowConstants: Int
    /// Their elements.
    public let elements: Int
    /// The bytes of these elements as 32-bit floats.
    public let bytesBefore: Int
    /// The bytes of these elements as they are stored, without their scales.
    public let bytesAfter: Int
    /// How many operations compute with integers; nil if weights alone are stored.
    public var integerOperations: Int?
    /// How many operations there are.
    public var operations: Int?
    /// Layers that compute with floats.
    public var floatLayers: [FloatLayer] = []
    /// Inputs and outputs that are integers.
    public var ports: [Port] = []
    /// The decibels that the correction of biases brought on samples that it had not seen; nil if it was left out.
    public var biasGain: Double?
    /// The decibels that factors between layers brought on such samples; nil if there are none.
    public var equalizationGain: Double?
    /// The decibels that cells of floats beside 8-bit weights brought on such samples; nil if they compute with integers, or are
    /// floats for another reason.
    public var cellGain: Double?
    /// The decibels that cutting off ranges brought on such samples; nil if they are whole.
    public var rangeGain: Double?
    /// What the budget of accuracy led to; nil without one.
    public var budget: Budget?
    /// How well each layer agrees, in running order; empty without samples.
    public var layers: [Layer] = []

    init(_ mode: QuantizationOptions.Mode, _ stored: WeightSummary) {
        self.init(mode.rawValue, stored)
    }

    /// - Parameter mode: the mode, or what else the summary says.
    init(_ mode: String, _ stored: WeightSummary) {
        self.mode = mode
        constants = stored.count
        narrowConstants = stored.narrowCount
        elements = stored.elementCount
        bytesBefore = stored.byteCounts.before
        bytesAfter = stored.byteCounts.after
    }

    init(
        _ mode: QuantizationOptions.Mode, _ summary: IntegerSummary, _ graph: Graph,
        biasGain: Double?
    ) {
        self.init(mode, WeightSummary(of: graph))
        self.biasGain = biasGain
        integerOperations = summary.integerNodes
        operations = summary.nodes
        floatLayers = summary.realLayers.map { FloatLayer(layer: $0.layer, reason: $0.reason) }
        ports =
            graph.inputs.compactMap { Port($0, isInput: true, in: graph) }
            + graph.outputs.compactMap { Port($0, isInput: false, in: graph) }
    }

    /// What the summary says.
    func lines(isDetailed: Bool) -> [String] {
        let weights =
            "\(mode): \(Format.count(constants, "constant")) of \(Format.grouped(elements)) elements stored in "
            + (narrowConstants > 0 ? "4 bits (\(narrowConstants)) and 8 bits, " : "")
            + "\(Format.bytes(bytesAfter)) instead of \(Format.bytes(bytesBefore))"
        guard let integerOperations, let operations else { return [weights] }
        let left = floatLayers.prefix(isDetailed ? Int.max : 5).map {
            "  float: \($0.layer), \($0.reason)"
        }
        let more = floatLayers.count - left.count
        return [weights, "\(integerOperations) of \(operations) operations compute with integers"]
            + left + (more > 0 ? ["  and \(more) more layers in float"] : [])
            + (cellGain.map { ["cells in float: +\(Format.decibels($0)) on samples held back"] }
                ?? [])
            + (equalizationGain.map {
                ["channels equalized: +\(Format.decibels($0)) on samples held back"]
            } ?? [])
            + (rangeGain.map { ["ranges cut off: +\(Format.decibels($0)) on samples held back"] }
                ?? [])
            + (biasGain.map { ["biases corrected: +\(Format.decibels($0)) on samples held back"] }
                ?? [])
            + (budget?.lines ?? []) + layerLines(isDetailed: isDetailed)
            + ports.flatMap(\.lines)
    }

    /// All layers if details are wanted, else those whose integers cut much off.
    private func layerLines(isDetailed: Bool) -> [String] {
        layers.filter { isDetailed || $0.saturatedPart > 0.01 }.map { layer in
            "  \(layer.layer): \(Format.decibels(layer.signalToNoise))"
                + (layer.saturatedPart > 0
                    ? ", \(Format.rounded(layer.saturatedPart * 100, digits: 2)) % saturated" : "")
        }
    }
}

extension QuantizationReport.Budget {
    fileprivate var lines: [String] {
        let head = "accuracy budget \(limit): \(measure): \(Format.rounded(loss, digits: 3))"
        return layers.isEmpty
            ? [head + ", no layer has to stay in float"]
            : [head + " with \(Format.count(layers.count, "layer")) in float"]
                + layers.map { "  float: \($0)" }
    }
}

extension QuantizationReport.Port {
    init?(_ port: GraphIR.Port, isInput: Bool, in graph: Graph) {
        let storage = graph[port.value].storage
        guard let scale = storage.scale, let zeroPoint = storage.zeroPoint,
            let dtype = storage.dtype
        else { return nil }
        self.init(
            name: port.name, isInput: isInput, dtype: dtype.rawValue, scale: scale,
            zeroPoint: zeroPoint)
    }

    /// The parameters, and how a program converts with them in C and in Swift.
    fileprivate var lines: [String] {
        let side = isInput ? "input" : "output"
        let type = dtype.prefix(1).uppercased() + dtype.dropFirst()
        let swiftType = dtype.hasPrefix("u") ? "UI" + dtype.dropFirst(2) : type
        let head = "\(side) \(name): \(dtype), scale \(scale), zero point \(zeroPoint)"
        guard isInput else {
            return [
                head, "  C:     float y = \(scale)f * (q - \(zeroPoint));",
                "  Swift: let y = \(scale) * (Float(q) - \(zeroPoint))",
            ]
        }
        let range = (dtype.hasPrefix("u") ? 0 : dtype == "int8" ? -128 : -32768)
        let top = range == 0 ? 255 : -range - 1
        return [
            head,
            "  C:     \(dtype)_t q = (\(dtype)_t)fminf(fmaxf(roundf(x / \(scale)f) + \(zeroPoint), \(range)), \(top));",
            "  Swift: let q = \(swiftType)(min(max((x / \(scale)).rounded() + \(zeroPoint), \(range)), \(top)))",
        ]
    }
}
