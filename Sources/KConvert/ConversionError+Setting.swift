import Problems

extension ConversionError {
    /// Something that a remedy advises to set or to ask for; new ones may be added.
    ///
    /// The raw value is how it is spelled in Swift.
    public enum Setting: String, Sendable, CaseIterable {
        case inputShapes = "ConversionOptions.inputShapes"
        case batch = "ConversionOptions.batch"
        case dynamicBatch = "ConversionOptions.Batch.dynamic"
        case until = "ConversionOptions.until"
        case lambda = "Converter.registerLambda"
        case layerClass = "Converter.registerClass"
        case disabledPasses = "ConversionOptions.disabledPasses"
        case passList = "Converter.passes"
        case inspection = "Inspection"
        case running = "LiteModel"
        case noVerification = "ConversionOptions.Verification.off"
        case samples = "QuantizationOptions.samples"
        case noise = "CalibrationSamples.random"
        case savedStatistics = "QuantizationOptions.savedStatistics"
        case interface = "QuantizationOptions.interface"
        case floatLayers = "QuantizationOptions.floatLayers"
        case force = "QuantizationOptions.isForced"
        case memoryLimit = "ResourceLimits.memory"
        case stepLimit = "ResourceLimits.steps"
        case timeLimit = "ResourceLimits.seconds"
    }
}

extension ConversionError.Setting {
    init(_ setting: Remedy.Setting) {
        switch setting {
        case .inputShapes: self = .inputShapes
        case .batch: self = .batch
        case .dynamicBatch: self = .dynamicBatch
        case .until: self = .until
        case .lambda: self = .lambda
        case .layerClass: self = .layerClass
        case .disabledPasses: self = .disabledPasses
        case .passList: self = .passList
        case .inspection: self = .inspection
        case .running: self = .running
        case .noVerification: self = .noVerification
        case .samples: self = .samples
        case .noise: self = .noise
        case .savedStatistics: self = .savedStatistics
        case .interface: self = .interface
        case .floatLayers: self = .floatLayers
        case .force: self = .force
        case .memoryLimit: self = .memoryLimit
        case .stepLimit: self = .stepLimit
        case .timeLimit: self = .timeLimit
        }
    }
}
