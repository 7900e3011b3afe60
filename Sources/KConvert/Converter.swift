import Passes

/// Converts Keras models to TFLite files.
///
///     let converter = Converter()
///     let report = try converter.convert(
///         ModelSource(architecture: "model.json", weights: "weights.h5"), to: "model.tflite")
///     print(report.fileSize)
///
/// A conversion reads the model, optimizes its graph, writes the file beside the target, checks what it wrote, and only then
/// replaces the target. A value of this type can be used from several threads.
public struct Converter: Sendable {
    /// What a pass is called and what it does.
    public struct PassDescription: Sendable {
        /// The name that `ConversionOptions.disabledPasses` takes.
        public let name: String
        /// What it does, in one sentence.
        public let summary: String
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

    /// Converts a model.
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
        try ConversionError.wrapping {
            try withoutActuallyEscaping(progress) { progress in
                try Conversion(options: options, progress: Cancellation(progress))
                    .run(source, to: output)
            }
        }
    }
}
