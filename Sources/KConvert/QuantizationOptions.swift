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
