/// What a conversion did.
public struct ConversionReport: Sendable, Codable {
    /// An input or output of the model.
    public struct Tensor: Sendable, Codable {
        /// The name in the model and in the file's signature.
        public let name: String
        /// The extents; −1 where free.
        public let shape: [Int]
        /// The element type, such as `float32`.
        public let dtype: String
    }

    /// What one pass did.
    public struct Pass: Sendable, Codable {
        /// The pass' name, as `--no-pass` takes it.
        public let name: String
        /// How often it changed the graph.
        public let changes: Int
        /// What it left alone and why.
        public let notes: [String]
    }

    /// The size of a graph.
    public struct Size: Sendable, Codable {
        /// Operators.
        public let operators: Int
        /// Elements of weights and other constants.
        public let parameters: Int
        /// Bytes of these constants.
        public let parameterBytes: Int
        /// Multiply-accumulate operations of one run.
        public let multiplyAccumulates: Int
    }

    /// An operator of the written file and the layer it comes from.
    public struct Operator: Sendable, Codable {
        /// TFLite's name, such as `CONV_2D`.
        public let name: String
        /// The version written to the file.
        public let version: Int
        /// The Keras layer, as a path through nested models.
        public let layer: String
    }

    /// Seconds spent in each step.
    public struct Timing: Sendable, Codable {
        /// Reading the files and building the graph.
        public internal(set) var reading = 0.0
        /// Running the passes.
        public internal(set) var optimizing = 0.0
        /// Lowering the graph and writing the file.
        public internal(set) var writing = 0.0
        /// Running the file and the reference.
        public internal(set) var verifying = 0.0

        /// The sum of all steps.
        public var total: Double { reading + optimizing + writing + verifying }
    }

    /// The model's name.
    public let model: String
    /// The Keras version that wrote the model, where the file says it.
    public let kerasVersion: String?
    /// The file written, as the caller named it.
    public let output: String
    /// Bytes of that file.
    public let fileSize: Int
    /// Inputs in the model's order.
    public let inputs: [Tensor]
    /// Outputs in the model's order.
    public let outputs: [Tensor]
    /// The passes in their order.
    public let passes: [Pass]
    /// The graph as imported.
    public let before: Size
    /// The graph as written.
    public let after: Size
    /// The operators of the file.
    public let operators: [Operator]
    /// Batch normalizations in the model and those left after the passes.
    public let batchNormalizations: BatchNormalizationCount
    /// The outcome of the verification; nil where it was off.
    public let verification: VerificationReport?
    /// What the user should know, such as weights that are not numbers.
    public let warnings: [String]
    /// Seconds spent.
    public let timing: Timing

    /// How many batch normalizations were folded into other layers.
    public struct BatchNormalizationCount: Sendable, Codable {
        /// Those of the model.
        public let total: Int
        /// Those that still run as operators of their own.
        public let left: Int
    }
}
