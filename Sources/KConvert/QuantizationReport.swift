import GraphIR
import Quantization
import Reports
import Tensors

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
