import Verification

/// How far a file is from a Keras model, layer by layer.
public struct ComparisonReport: Sendable, Codable {
    /// The difference of one layer's output.
    public struct Layer: Sendable, Codable {
        /// The layer's path; a number after a colon counts the calls of a shared layer.
        public let name: String
        /// The Keras class.
        public let layerClass: String
        /// The paths of layers without a tensor of their own that are computed with this one.
        public let merged: [String]
        /// The largest absolute difference.
        public let maximumError: Double
        /// The largest difference relative to the spread (standard deviation) of the expected values.
        public let relativeError: Double
        /// The cosine of the angle between both outputs as vectors.
        public let cosine: Double
        /// The signal to quantization noise ratio, 10 · log₁₀(Σ expected² / Σ difference²), in decibels.
        public let signalToNoise: Double
        /// Whether the relative error is beyond the tolerance.
        public let isDiverging: Bool

        init(_ difference: LayerDifference, _ layerClass: String) {
            name = difference.name
            self.layerClass = layerClass
            merged = difference.merged
            maximumError = difference.maximumError
            relativeError = difference.relativeError
            cosine = difference.cosine
            signalToNoise = difference.signalToNoise
            isDiverging = difference.isDiverging
        }
    }

    /// The outputs of the model.
    public let outputs: VerificationReport
    /// The layers whose output is a tensor of the file, in running order; those merged into others have none.
    public let layers: [Layer]
    /// The layers of the model without such a tensor, in running order.
    public let mergedLayers: [String]
    /// What else is worth knowing of the file.
    public let notes: [String]
    /// The first layer beyond the tolerance; nil if there is none.
    public let firstDivergingLayer: String?
    /// Whether every output is within the tolerance.
    public let isPassed: Bool

    /// The row of the first layer beyond the tolerance.
    public var firstDivergence: Layer? { layers.first { $0.name == firstDivergingLayer } }

    init(outputs: VerificationReport, layers: [Layer], modelLayers: [String], notes: [String]) {
        self.outputs = outputs
        self.layers = layers
        self.notes = notes
        let compared = Set(layers.map(\.name))
        mergedLayers = modelLayers.filter { !compared.contains($0) }
        firstDivergingLayer = layers.first { $0.isDiverging }?.name
        isPassed = outputs.isPassed
    }

    /// The report as JSON.
    public func json() throws -> String { try jsonText() }
}
