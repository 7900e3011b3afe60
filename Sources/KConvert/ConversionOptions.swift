import Foundations
import Interpreter
import KerasImport
import LayerAuthoring
import Targets
import Verification

/// How a model is converted.
public struct ConversionOptions: Sendable {
    /// The batch size of the written file.
    public enum Batch: Sendable, Equatable {
        /// The batch that the model states, and 1 if it leaves it open.
        case automatic
        /// A fixed number of samples in each run, whatever the model states; the file is fully static.
        case fixed(Int)
        /// Dynamic: the file's inputs can be resized along the first axis.
        case dynamic
    }

    /// How the written file is verified before it replaces an older one.
    public enum Verification: String, Sendable, CaseIterable {
        /// Not at all.
        case off
        /// Against the unoptimized model, with fast kernels.
        case fast
        /// Against the unoptimized model, with double accumulation.
        case full
    }

    /// How recurrent layers are written.
    public enum RecurrentForm: String, Sendable, CaseIterable {
        /// The fastest form that computes the same.
        case auto
        /// One operator for a whole sequence, if there is one.
        case fused
        /// A loop over the steps.
        case `while`
        /// The operators of every step, one after the other.
        case unroll
    }

    /// The batch size, by default the one that the model states, else 1.
    public var batch = Batch.automatic
    /// Extents for inputs by name, batch included; they replace what the model says.
    public var inputShapes: [String: [Int]] = [:]
    /// In which form numbers are stored and computed with; nil for 32-bit floats.
    public var quantization: QuantizationOptions?
    /// How far the file may be from its model to be faster; nil for exact rewriting alone.
    public var approximation: ApproximationOptions?
    /// The layers whose outputs become those of the file, such as the last one before a loss; empty for the whole model.
    public var until: [String] = []
    /// How recurrent layers are written, by default in the fastest form.
    public var recurrentForm = RecurrentForm.auto
    /// What runs the file: every one of these runtimes.
    public var targets = [ConversionTarget.liteRT]
    /// Whether the file gets a plan of the arena of TensorFlow Lite Micro if one takes less memory than the runtime's own.
    public var plansArena = false
    /// What apps are told of the file; nil for nothing but names, which the signature has.
    public var metadata: MetadataOptions?
    /// The version of Keras (`2.3.1`, `3`) to assume if the files do not state one.
    public var kerasVersion: String?
    /// Layers and activations of your own; `Converter.register` adds to them.
    public var customLayers = CustomLayers()
    /// Names of passes that do not run; `Converter.passes` lists them.
    public var disabledPasses: Set<String> = []
    /// Ends the optimization after this number of rewriting steps, to find the one that breaks a model.
    public var stopAfter: Int?
    /// How the result is checked.
    public var verification = Verification.fast
    /// A `.npz` file with inputs and expected outputs, by name or as `in0`…, `out0`…, to check against instead.
    public var verificationData: String?
    /// Whether all weights are read to warn of those that are NaN or infinite.
    public var checksWeights = true
    /// Whether the report holds the graphs of the model and of the file, which its pages show.
    public var outlinesGraphs = false
    /// The seed of the inputs that verification generates.
    public var seed: UInt64 = 1
    /// The largest accepted difference, relative to the spread of an output.
    public var tolerance = 1e-3
    /// How much memory, work and time a conversion or a comparison may take.
    public var limits = ResourceLimits()
    /// How many threads a conversion or a comparison may use; nil for one per processor.
    public var threads: Int?

    /// The defaults: batch 1, all passes, fast verification.
    public init() {}
}

extension ConversionOptions {
    /// The threads for all steps together.
    var threadBudget: ThreadBudget {
        threads.map { ThreadBudget($0) } ?? ThreadBudget.machine.limited(to: 16)
    }

    /// The threads for writing while the reference of the verification runs.
    var writingBudget: ThreadBudget {
        threads == nil ? threadBudget : ThreadBudget(threadBudget.count - threadBudget.half.count)
    }

    /// What these options say about the import of a model.
    func importOptions(batch: ImportOptions.Batch) -> ImportOptions {
        var result = ImportOptions(
            batch: batch, inputShapes: inputShapes, kerasVersion: kerasVersion,
            custom: customLayers.objects)
        result.until = until
        return result
    }

    /// What these options say about verification.
    var verificationSettings: VerificationSettings {
        var settings = VerificationSettings()
        settings.isThorough = verification == .full
        settings.recordedData = verificationData
        settings.seed = seed
        settings.tolerance = tolerance
        settings.leastSignalToNoise = quantization?.leastSignalToNoise
        settings.isForced = quantization?.isForced == true
        settings.threads = threadBudget
        return settings
    }
}

/// A runtime that a file is made for.
public struct ConversionTarget: Sendable, Hashable, CustomStringConvertible {
    /// The name: one of `all`, or a release of the TFLite runtime such as `tflite-2.5`.
    public let name: String

    /// The target of a name; nil if there is none.
    public init?(_ name: String) {
        guard Target(named: name) != nil else { return nil }
        self.name = name
    }

    private init(known name: String) {
        self.name = name
    }

    /// LiteRT with its default CPU delegate, for which files are made by default.
    public static let liteRT = ConversionTarget(known: "litert")
    /// TensorFlow Lite Micro.
    public static let micro = ConversionTarget(known: "tflm")

    /// The Coral Edge TPU, whose files are quantized to int8.
    public static let edgeTPU = ConversionTarget(known: "edgetpu")

    /// The targets with names of their own.
    public static let all = Target.named.map { ConversionTarget(known: $0.name) }

    /// The names of `all` and how releases are named, for texts.
    public static let list =
        all.map(\.name).joined(separator: ", ") + ", or a release such as tflite-2.5"

    /// The name.
    public var description: String { name }

    /// What the name stands for.
    var target: Target { Target(named: name) ?? .liteRT }

    /// Whether it is TensorFlow Lite Micro or a snapshot of it.
    public var isMicrocontroller: Bool { name.hasPrefix("tflm") }

    /// Whether the runtime needs to know every extent, so that no batch is dynamic.
    public var isStatic: Bool { target.isStatic }
}

extension ConversionOptions {
    /// What runs the file: the limits of all targets together.
    ///
    /// What a delegate does not take runs beside it, so that it sets no limits but known sizes.
    var target: Target {
        let all = targets.map(\.target)
        var target =
            all.filter { !$0.fallsBack }.reduce(Target?.none) {
                $0?.intersection($1) ?? $1
            } ?? .liteRT
        target.isStatic = all.contains(where: \.isStatic)
        return target
    }
}

/// What apps are told of a converted file: `TFLITE_METADATA`, which ML Kit, Android Studio and the Task library read.
///
/// Names and kinds of inputs and outputs follow from the model. A normalization at the start of the model stays a part of the
/// file, so that apps are told to pass values as they are.
public struct MetadataOptions: Sendable {
    /// Names for the elements of an output.
    public struct Labels: Sendable {
        /// The name of the output; nil for the only one whose last extent is the number of names.
        public let output: String?
        /// A text file with a name in each line, in UTF-8; it becomes a part of the written file.
        public let path: String

        /// Names in a file.
        public init(output: String? = nil, path: String) {
            self.output = output
            self.path = path
        }
    }

    /// What apps subtract from pixels of 0 to 255, or from other inputs if there is no image; one number, or one for each channel.
    public var mean = [0.0]
    /// What apps then divide by.
    public var deviation = [1.0]
    /// The names of elements of outputs.
    public var labels: [Labels] = []
    /// What the model is, for people; nil for a sentence with its name.
    public var description: String?

    /// Names and kinds alone, inputs as they are.
    public init() {}

    /// Whether apps have to change inputs.
    var normalizes: Bool {
        mean.contains { $0 != 0 } || deviation.contains { $0 != 1 }
    }
}
