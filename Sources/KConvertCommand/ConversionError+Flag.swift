import KConvert

extension ConversionError.Setting {
    /// How a user of the command asks for it.
    var flag: String {
        switch self {
        case .inputShapes: "--input-shape"
        case .batch: "--batch"
        case .dynamicBatch: "--dynamic-batch"
        case .until: "--until"
        case .lambda: "--lambda"
        case .layerClass: "--class"
        case .disabledPasses: "--no-pass"
        case .passList: "--list-passes"
        case .inspection: "'kconvert inspect'"
        case .running: "'kconvert run'"
        case .noVerification: "--verify off"
        case .samples: "--samples"
        case .noise: "--samples :random"
        case .savedStatistics: "--save-statistics"
        case .interface: "--io"
        case .floatLayers: "--keep-float"
        case .force: "--force"
        case .memoryLimit: "--memory-limit"
        case .stepLimit: "--step-limit"
        case .timeLimit: "--time-limit"
        }
    }
}
