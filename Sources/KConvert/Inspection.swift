import Foundations
import Interpreter
import GraphIR
import LayerAuthoring
import Reports
import Tensors

/// What is inside a model file.
public struct Inspection: Sendable, Codable {
    /// A layer of a Keras model or an operator of a TFLite file.
    public struct Row: Sendable, Codable {
        /// The layer's path, or the name of the tensor that the operator makes.
        public let name: String
        /// The Keras class, or the operator with its version.
        public let kind: String
        /// The extents of the outputs; −1 for dynamic ones.
        public let outputShapes: [[Int]]
        /// Elements of the weights, each weight counted with its first user.
        public let parameters: Int
        /// Multiply-accumulate operations of one run; those of a loop's body are for one round.
        public let multiplyAccumulates: Int
        /// How integers of the operator's weights and outputs stand for real numbers; nil if there are none.
        public var storage: String?
        /// Why the layer cannot be converted; nil if it can be, or if that is not known.
        public var problem: String?
    }

    /// An array of a file that holds weights only.
    public struct StoredArray: Sendable, Codable {
        /// The path of the array in the file.
        public let name: String
        /// The layer that owns the array; nil if the file does not tell.
        public let layer: String?
        /// The type of the elements, such as `float32`.
        public let type: String
        /// The extents.
        public let shape: [Int]
        /// The size of the elements in bytes.
        public let byteCount: Int
    }

    /// What kind of file was inspected.
    public let format: String
    /// The model's name.
    public let name: String
    /// Bytes of the files.
    public let fileSize: Int
    /// Further facts, such as the Keras version, by name.
    public let facts: [String: String]
    /// Inputs in the model's order.
    public let inputs: [ConversionReport.Tensor]
    /// Outputs in the model's order.
    public let outputs: [ConversionReport.Tensor]
    /// Layers or operators in running order.
    public let rows: [Row]
    /// The arrays of a file that holds weights without an architecture; nil for models.
    public var arrays: [StoredArray]?
    /// Multiply-accumulate operations of one run of the model, with all rounds of its loops.
    public let multiplyAccumulates: Int
    /// The predicted time of one run in LiteRT on one thread, in seconds; nil for Keras models.
    ///
    /// `Documentation/CostModel.md` says how good predictions are.
    public let predictedSeconds: Double?
    /// Everything that stops the conversion of a Keras model, with what to do; empty if nothing does.
    public let problems: [String]

    /// Elements of all weights; in a file of weights only, with those of the optimizer.
    public var parameters: Int {
        let counts = arrays?.map { Shape($0.shape).elementCount } ?? rows.map(\.parameters)
        return counts.reduce(0) { saturatingSum($0, $1) }
    }

    /// Looks into a `.tflite` file, a whole Keras model, or an architecture with weights.
    ///
    /// The layers of a model that cannot be converted are listed, too, and the arrays of weights without an architecture.
    ///
    /// - Parameters:
    ///   - source: the files.
    ///   - options: how the model is read: layers of your own, shapes of inputs, where it ends, the version of Keras, and
    ///     how much memory, work and time it may take. The others have no effect.
    ///   - name: what the reader of `problems` calls a setting.
    /// - Throws: `ConversionError` if the files cannot be read.
    public init(
        of source: ModelSource, options: ConversionOptions = ConversionOptions(),
        naming name: (ConversionError.Setting) -> String = \.rawValue
    ) throws(ConversionError) {
        self = try ConversionError.wrapping {
            try options.limits.apply { try Inspection(reading: source, options, name) }
        }
    }

    private init(
        reading source: ModelSource, _ options: ConversionOptions,
        _ name: (ConversionError.Setting) -> String
    ) throws {
        let path = source.model.source.path
        if source.weights == nil, path.map({ FileStatus.isFile($0) }) ?? true {
            let file = try MappedFile(source.model.source)
            if file.bytes.dropFirst(4).starts(with: Array("TFL3".utf8)) {
                ResourceBudget.current.addInput(byteCount: file.bytes.count)
                self = try Inspection(tflite: file)
                return
            }
        }
        self = try Inspection(keras: source, options, naming: name)
    }

    init(
        format: String, name: String, fileSize: Int, facts: [String: String],
        inputs: [ConversionReport.Tensor], outputs: [ConversionReport.Tensor], rows: [Row],
        multiplyAccumulates: Int, predictedSeconds: Double? = nil, problems: [String] = []
    ) {
        self.format = format
        self.name = name
        self.fileSize = fileSize
        self.facts = facts
        self.inputs = inputs
        self.outputs = outputs
        self.rows = rows
        self.multiplyAccumulates = multiplyAccumulates
        self.predictedSeconds = predictedSeconds
        self.problems = problems
    }

    /// The inspection as text.
    public var text: String { document.text }

    /// The inspection as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }

    private var document: ReportDocument {
        let totals = "\(Format.grouped(parameters)) parameters"
        let work = ", \(Format.large(multiplyAccumulates)) multiply-accumulates"
        let heading = "The \(arrays == nil ? "model" : "file") cannot be converted:"
        return ReportDocument(
            title: "\(name): \(format) \(arrays == nil ? "model" : "weights"), "
                + Format.bytes(fileSize),
            summary: facts.sorted { $0.key < $1.key }.map { .line("\($0.key): \($0.value)") }
                + [.table(ConversionReport.Tensor.table(inputs: inputs, outputs: outputs))],
            sections: [
                .init([.table(arrays.map(Self.table(of:)) ?? table)]),
                .init(
                    (arrays == nil ? [] : [.line(totals)])
                        + (problems.isEmpty
                            ? [.line(totals + work)]
                            : ([heading] + problems).map { .line($0) })),
            ])
    }

    private var table: ReportTable {
        ReportTable(
            [
                .number(), .text("name"), .text("kind"), .text("output"), .number("parameters"),
                .number("MACs"), .text(),
            ],
            rows.enumerated().map { index, row in
                .init([
                    String(index), row.name, row.kind,
                    row.outputShapes.map(Format.shape).joined(separator: ", "),
                    row.parameters == 0 ? "" : Format.grouped(row.parameters),
                    row.multiplyAccumulates == 0 ? "" : Format.large(row.multiplyAccumulates),
                    row.problem.map { "✗ \($0)" } ?? row.storage ?? "",
                ])
            })
    }
}
