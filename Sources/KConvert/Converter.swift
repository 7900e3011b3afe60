import Foundations
import Passes
import Problems
import TFLiteFormat
@_exported import LayerAuthoring

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Converts Keras models to TFLite files.
///
///     let converter = Converter()
///     let report = try converter.convert(
///         ModelSource(architecture: "model.json", weights: "weights.h5"), to: "model.tflite")
///     print(report.fileSize)
///
/// A conversion reads the model, optimizes its graph, writes the file beside the target, verifies what it wrote, and only
/// then replaces the target. A value of this type can be used from several threads.
public struct Converter: Sendable {
    /// What a pass is called and what it does.
    public struct PassDescription: Sendable {
        /// The name that `ConversionOptions.disabledPasses` takes.
        public let name: String
        /// What it does, in one sentence.
        public let summary: String
    }

    /// A file that was written to memory.
    public struct File: Sendable {
        /// The bytes of the `.tflite` file.
        public let bytes: [UInt8]
        /// What the conversion did.
        public let report: ConversionReport
    }

    /// How models are converted.
    public var options: ConversionOptions

    /// A converter with these options.
    public init(_ options: ConversionOptions = ConversionOptions()) {
        self.options = options
    }

    /// The passes in the order in which they run.
    public static var passes: [PassDescription] {
        Pipeline.passes.map { PassDescription(name: $0.name, summary: $0.summary) }
    }

    /// Converts a model to a file.
    ///
    /// - Parameters:
    ///   - source: the files of the model.
    ///   - output: the path of the file to write; an old file there is replaced only on success.
    ///   - progress: is told what is going on, on the calling thread, and can cancel. Cancelling the task that calls
    ///     this method has the same effect.
    /// - Returns: what was done.
    /// - Throws: `ConversionError` with everything found wrong.
    @discardableResult
    public func convert(
        _ source: ModelSource, to output: String,
        progress: (ConversionProgress) -> ProgressResponse = { _ in .proceed }
    ) throws(ConversionError) -> ConversionReport {
        try run(progress) { try $0.run(source, to: output) }
    }

    /// Converts a model to a file at a `file:` URL; see `convert(_:to:progress:)` with a path.
    @discardableResult
    public func convert(
        _ source: ModelSource, to output: URL,
        progress: (ConversionProgress) -> ProgressResponse = { _ in .proceed }
    ) throws(ConversionError) -> ConversionReport {
        try convert(source, to: output.path, progress: progress)
    }

    /// Converts a model to bytes in memory; see `convert(_:to:progress:)`.
    public func convert(
        _ source: ModelSource,
        progress: (ConversionProgress) -> ProgressResponse = { _ in .proceed }
    ) throws(ConversionError) -> File {
        try run(progress) {
            let (bytes, report) = try $0.run(source)
            return File(bytes: bytes, report: report)
        }
    }

    private func run<Result>(
        _ progress: (ConversionProgress) -> ProgressResponse,
        _ body: (Conversion) throws -> Result
    ) throws(ConversionError) -> Result {
        try ConversionError.wrapping {
            try withoutActuallyEscaping(progress) { progress in
                try options.limits.apply {
                    try body(Conversion(options: options, progress: Cancellation(progress)))
                }
            }
        }
    }
}

extension Converter {
    /// Describes a Keras layer class of your own, so that models with it convert.
    ///
    /// The code builds the subgraph of one call of the layer, with the operations of `LayerTensor`, Keras' own layers as
    /// sublayers, the configuration and the weights:
    ///
    ///     converter.register("Swish") { layer in
    ///         let beta = try layer.weight("beta", shape: [])
    ///         let x = try layer.input
    ///         return try x * (beta * x).activation("sigmoid")
    ///     }
    ///
    /// It runs several times for each call of the layer and has to do the same each time. A class that is registered
    /// replaces one of Keras' own of the same name; `Lambda` can be registered, too.
    ///
    /// - Parameters:
    ///   - className: the class, with or without the package of `register_keras_serializable` (`my_package>Swish`);
    ///     without one it stands for classes of all packages.
    ///   - passesMask: whether the mask of the first input is that of the first output, as with `supports_masking` in
    ///     Keras.
    ///   - build: returns the output of a call, or an array of them in Keras' order. What it throws becomes the error
    ///     of the conversion; throw `LayerError` for a configuration that you do not support.
    public mutating func register<Result: LayerResult>(
        _ className: String, passesMask: Bool = false,
        _ build: @escaping @Sendable (CustomLayer) throws -> Result
    ) {
        options.customLayers.register(className, passesMask: passesMask, build)
    }

    /// Describes an activation function of your own under the name that Keras saved it by.
    ///
    ///     converter.registerActivation("shifted_relu") { x in try (x - 1).activation("relu") }
    ///
    /// - Parameters:
    ///   - name: the name of the function, with or without package; it comes before Keras' own names.
    ///   - build: the function of a tensor.
    public mutating func registerActivation(
        _ name: String, _ build: @escaping @Sendable (LayerTensor) throws -> LayerTensor
    ) {
        options.customLayers.registerActivation(name, build)
    }

    /// Says that a class of layers, or an activation, computes what one does that can be converted.
    ///
    ///     try converter.registerClass("my_package>BatchNorm", as: "BatchNormalization")
    ///
    /// The configuration and the weights have to be those of the known class, as they are if a subclass changes nothing
    /// that matters once a model is trained.
    ///
    /// - Parameters:
    ///   - name: the class or function, with or without the package of `register_keras_serializable`.
    ///   - known: the class or function that it stands for.
    /// - Throws: `ConversionError` if there is no such class or function.
    public mutating func registerClass(_ name: String, as known: String) throws(ConversionError) {
        try options.customLayers.registerClass(name, as: known)
    }

    /// Says what a function in Python computes that a model's file does not hold, or that is not understood.
    ///
    ///     try converter.registerLambda("scaling=x / 127.5 - 1")   // what the layer `scaling` computes
    ///     try converter.registerLambda("helper(x)=x * 3")         // a function that the code calls
    ///     try converter.registerLambda("n_classes=10")            // a global variable that it reads
    ///
    /// The expression is Python's, with the names of Keras, TensorFlow and NumPy; `x` is the input of the layer, and
    /// `x[0]`, `x[1]` its inputs if it has several.
    ///
    /// - Throws: `ConversionError` if the text cannot be read.
    public mutating func registerLambda(_ definition: String) throws(ConversionError) {
        try options.customLayers.registerLambda(definition)
    }
}

extension CustomLayers {
    /// Says what a class or function stands for, for comparisons and inspections too; see `Converter.registerClass`.
    ///
    /// - Throws: `ConversionError` if there is no such class or function.
    public mutating func registerClass(_ name: String, as known: String) throws(ConversionError) {
        var changed = self
        try ConversionError.wrapping { try changed.addClass(name, as: known) }
        self = changed
    }

    /// Says what a function in Python computes, for comparisons and inspections too; see `Converter.registerLambda`.
    ///
    /// - Throws: `ConversionError` if the text cannot be read.
    public mutating func registerLambda(_ definition: String) throws(ConversionError) {
        var changed = self
        try ConversionError.wrapping { try changed.addLambda(definition) }
        self = changed
    }
}

/// How far a conversion has come.
public struct ConversionProgress: Sendable {
    /// The steps of a conversion, in their order.
    public enum Stage: String, Sendable, Codable, CaseIterable {
        case reading, approximating, optimizing, quantizing, writing, verifying
    }

    /// The step that is running.
    public let stage: Stage
    /// The part of this step that is done: 0 when it begins, 1 when it is over.
    public let fraction: Double
}

/// What a conversion does after it has reported its progress.
public enum ProgressResponse: Sendable {
    case proceed
    /// Stop, leave the old output as it is, and throw `ConversionError.Code.cancelled`.
    case cancel
}

/// Reports progress and notices when the caller wants to stop.
struct Cancellation {
    private let progress: (ConversionProgress) -> ProgressResponse

    init(_ progress: @escaping (ConversionProgress) -> ProgressResponse) {
        self.progress = progress
    }

    /// Tells the caller how far the work is.
    ///
    /// - Throws: `Problem.Kind.cancelled` if the caller or its task is cancelled.
    func report(_ stage: ConversionProgress.Stage, _ fraction: Double) throws {
        let response = progress(ConversionProgress(stage: stage, fraction: fraction))
        if response == .cancel || Task.isCancelled { throw Problem(.cancelled) }
    }
}

extension Converter {
    /// Whether this program converted the `.tflite` file at a path, told by the description in it.
    ///
    /// False for files of other converters, for other files, and if the file cannot be read.
    public static func wrote(fileAt path: String) -> Bool {
        do {
            let file = try MappedFile(path: path, isInput: false)
            let model = try TFLiteReader.read(file.bytes, owner: file)
            return model.description == TFLiteModel.ownDescription
        } catch {
            return false
        }
    }
}
