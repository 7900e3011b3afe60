import ArgumentParser
import KConvert
import TensorFiles

/// The options of a conversion that say in which form numbers are stored.
struct QuantizationArguments: ParsableArguments {
    @Option(help: "Store numbers in fewer bits; see Documentation/Quantization.md.")
    var quantize: QuantizationOptions.Mode?

    @Option(help: "dynamic and weights: bits of weights, 8 or 4.")
    var weightBits = 8

    @Option(
        name: .customLong("block"),
        help: "dynamic with 4 bits: weights of a row that share a scale, 32, 64, 128 or 256.")
    var blockLength: Int?

    @Option(
        help: """
            Typical inputs for int8, int16x8 and --approximate: x.npz with an array for each input, x.npy, x.csv, or a folder of \
            images or arrays; :random for noise.
            """, completion: .file())
    var samples: String?

    @Option(
        help:
            "Images: subtract this from pixels of 0 to 255; one number, or one for each channel. Apps are told with --metadata."
    )
    var mean = NumberList([0])

    @Option(help: "Images: then divide by this; one number, or one for each channel.")
    var std = NumberList([1])

    @Option(help: "How ranges follow from samples: minmax, mse, or percentile:99.99.")
    var calibration = "minmax"

    @Option(
        name: .customLong("io"), help: "The type of real inputs and outputs of an integer file.")
    var interface = QuantizationOptions.Interface.float32

    @Option(help: "Compute a layer with floats; may be repeated, * stands for any characters.")
    var keepFloat: [String] = []

    @Option(help: "Store the activations of a layer in 16 bits; may be repeated, with * as well.")
    var keepInt16: [String] = []

    @Option(help: "Which weights have a scale for each output channel.")
    var perChannel = QuantizationOptions.ChannelScales.all

    @Flag(
        inversion: .prefixedNo,
        help: "int8: compute LSTM cells with integers, unless that is measured to cost much.")
    var integerCells = true

    @Flag(
        inversion: .prefixedNo,
        help: "Cut ranges off at rare numbers where that is measured to help.")
    var clipRanges = true

    @Flag(
        inversion: .prefixedNo,
        help: "Move biases where that is measured to help.")
    var biasCorrection = true

    @Flag(
        inversion: .prefixedNo,
        help: "Make channels between two layers alike where that is measured to help.")
    var equalize = true

    @Option(
        help: """
            Keep as few layers in float as bring the loss under this: the part of right answers with --truth, else of \
            changed answers on samples held back.
            """)
    var accuracyBudget: Double?

    @Option(help: "The array of true classes in the .npz file of --samples.")
    var truth: String?

    @Option(help: "Write the ranges found on the samples to a file.", completion: .file())
    var saveStatistics: String?

    @Option(help: "Read ranges from such a file instead of samples.", completion: .file())
    var statistics: String?

    @Flag(help: "Write a quantized file even if it agrees too little with the model.")
    var force = false

    func validate() throws {
        guard std.numbers.allSatisfy({ $0 != 0 }) else {
            throw ValidationError("--std takes numbers other than 0.")
        }
        let needsInteger: [(String, Bool)] = [
            ("--io", interface != .float32),
            ("--keep-int16", !keepInt16.isEmpty), ("--save-statistics", saveStatistics != nil),
            ("--statistics", statistics != nil), ("--accuracy-budget", accuracyBudget != nil),
        ]
        if let option = needsInteger.first(where: { $0.1 })?.0, !isInteger {
            throw ValidationError("\(option) belongs to --quantize int8 or int16x8.")
        }
        guard weightBits == 8 || quantize == .dynamic || quantize == .weights else {
            throw ValidationError("--weight-bits belongs to --quantize dynamic or weights.")
        }
        guard blockLength == nil || (quantize == .dynamic && weightBits == 4) else {
            throw ValidationError("--block belongs to --quantize dynamic --weight-bits 4.")
        }
        guard quantize != nil || (!force && keepFloat.isEmpty) else {
            throw ValidationError("--force and --keep-float belong to --quantize.")
        }
        guard samples == nil || statistics == nil else {
            throw ValidationError("Give either --samples or --statistics.")
        }
        guard accuracyBudget == nil || samples != nil else {
            throw ValidationError("--accuracy-budget needs --samples.")
        }
        guard accuracyBudget.map({ (0...1).contains($0) }) ?? true else {
            throw ValidationError("--accuracy-budget is a part from 0 to 1.")
        }
        guard saveStatistics == nil || samples != nil else {
            throw ValidationError("--save-statistics needs --samples.")
        }
    }

    private var isInteger: Bool { quantize == .int8 || quantize == .int16x8 }

    /// The typical inputs.
    var calibrationSamples: CalibrationSamples? { samples.map(typicalInputs) }

    /// The typical inputs of a file or folder; `:random` for noise.
    func typicalInputs(at path: String) -> CalibrationSamples {
        path == ":random"
            ? .random
            : .file(path, images: ImageScale(mean: mean.numbers, deviation: std.numbers))
    }

    /// What the options ask for; nil for 32-bit floats.
    var options: QuantizationOptions? {
        quantize.map { mode in
            var options = QuantizationOptions(mode)
            options.weightBits = weightBits
            options.blockLength = blockLength
            options.samples = isInteger ? calibrationSamples : nil
            options.calibration = calibration
            options.interface = interface
            options.floatLayers = keepFloat
            options.wideLayers = keepInt16
            options.channelScales = perChannel
            options.hasIntegerCells = integerCells
            options.clipsRanges = clipRanges
            options.correctsBias = biasCorrection
            options.equalizes = equalize
            options.accuracyBudget = accuracyBudget
            options.truth = truth
            options.savedStatistics = saveStatistics
            options.statistics = statistics
            options.isForced = force
            return options
        }
    }
}

extension QuantizationOptions.Mode: ExpressibleByArgument {}
extension QuantizationOptions.Interface: ExpressibleByArgument {}
extension QuantizationOptions.ChannelScales: ExpressibleByArgument {}
