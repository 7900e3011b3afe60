import Cost
import GraphIR
import Interpreter
import Reports
import TFLiteFormat
import TFLiteLowering
import Targets

/// What a conversion did.
public struct ConversionReport: Sendable, Codable {
    /// An input or output of the model.
    public struct Tensor: Sendable, Codable {
        /// The name in the model and in the file's signature.
        public let name: String
        /// The extents; −1 for dynamic ones.
        public let shape: [Int]
        /// The element type, such as `float32`.
        public let dtype: String
        /// How integers stand for real numbers, such as `scale 0.5, zero point 3`; nil if they stand for themselves.
        public let quantization: String?

        /// The element type, and how it stands for real numbers.
        var storage: String { ([dtype] + [quantization].compactMap { $0 }).joined(separator: ", ") }
    }

    /// What one pass did.
    public struct Pass: Sendable, Codable {
        /// The pass' name, as `ConversionOptions.disabledPasses` takes it.
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
        /// Finding cheaper parts within the accepted error.
        public internal(set) var approximating = 0.0
        /// Finding ranges and storing numbers in fewer bits.
        public internal(set) var quantizing = 0.0
        /// Lowering the graph and writing the file.
        public internal(set) var writing = 0.0
        /// Running the file and the reference.
        public internal(set) var verifying = 0.0

        /// The sum of all steps.
        public var total: Double {
            reading + optimizing + approximating + quantizing + writing + verifying
        }
    }

    /// The model's name.
    public let model: String
    /// The Keras version that wrote the model, if the file says it.
    public let kerasVersion: String?
    /// The file written, as the caller named it; nil for bytes in memory.
    public let output: String?
    /// Bytes of that file.
    public let fileSize: Int
    /// The files that were read, by the paths under which they were opened: those of the model, samples, recorded data.
    public let inputFiles: [String]
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
    /// What was replaced by something cheaper; nil if nothing was to be.
    public let approximation: ApproximationReport?
    /// What was stored in fewer bits; nil if nothing was to be.
    public let quantization: QuantizationReport?
    /// The outcome of the verification; nil if it was off.
    public let verification: VerificationReport?
    /// What the user should know, such as weights that are not numbers.
    public let warnings: [String]
    /// What functions in Python compute, as they were understood: `lambda_1: x / 127.5 - 1.0`.
    public let lambdas: [String]
    /// The operations of the model and the operators of the file; nil unless `ConversionOptions.outlinesGraphs` asked for them.
    public let graphs: GraphPair?
    /// Seconds spent.
    public let timing: Timing

    /// How many batch normalizations were folded into other layers.
    public struct BatchNormalizationCount: Sendable, Codable {
        /// Those of the model.
        public let total: Int
        /// Those that still run as operators of their own.
        public let left: Int
    }

    /// The report as text.
    ///
    /// - Parameter isDetailed: whether every pass, note and operator is listed.
    public func text(isDetailed: Bool = false) -> String { document(isDetailed).text }

    /// The whole report as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }
}

extension ConversionReport {
    func document(_ isDetailed: Bool) -> ReportDocument {
        let version = kerasVersion.map { " (Keras \($0))" } ?? ""
        let operators = operators.enumerated().map { index, node in
            ReportTable.Row([String(index), node.name, "v\(node.version)", node.layer])
        }
        return ReportDocument(
            title: model + version + (output.map { " → " + $0 } ?? ""),
            summary: [.table(Tensor.table(inputs: inputs, outputs: outputs))]
                + (lambdas + optimization(isDetailed)).map { .line($0) } + [.table(sizes)]
                + (approximation?.blocks ?? [])
                + (quantization?.lines(isDetailed: isDetailed) ?? []).map { .line($0) }
                + (checks + [times] + warnings.map { "warning: \($0)" }).map { .line($0) },
            sections: isDetailed
                ? [.init([.table(ReportTable([.number(), .text(), .text(), .text()], operators))])]
                : [])
    }

    private func optimization(_ isDetailed: Bool) -> [String] {
        var lines: [String] = []
        let (total, left) = (batchNormalizations.total, batchNormalizations.left)
        if total > 0 {
            lines.append(
                "\(total - left) of \(total) batch normalizations folded"
                    + (left == 0 ? "" : ", \(left) left"))
        }
        for pass in passes where pass.changes > 0 || !pass.notes.isEmpty {
            if isDetailed { lines.append("\(pass.name): \(Format.count(pass.changes, "change"))") }
            lines += pass.notes.prefix(isDetailed ? Int.max : 3).map { "  \($0)" }
        }
        return lines
    }

    private var sizes: ReportTable {
        func row(_ name: String, _ number: (Size) -> String, _ suffix: String = "")
            -> ReportTable.Row
        {
            ReportTable.Row([name, "\(number(before)) → \(number(after))\(suffix)"])
        }
        return ReportTable(
            [.text(), .text()],
            [
                row("operators", { "\($0.operators)" }),
                row("parameters", { Format.grouped($0.parameters) }),
                row("MACs", { Format.large($0.multiplyAccumulates) }),
                row(
                    "weights", { Format.bytes($0.parameterBytes) },
                    ", file \(Format.bytes(fileSize))"),
            ])
    }

    private var checks: [String] {
        guard let verification else { return ["not verified"] }
        if verification.leastSignalToNoise != nil { return [verification.agreementLine] }
        let errors = verification.outputs.filter { !$0.isRounding }.map(\.relativeError)
        let largest = errors.max().map { ": largest error \(Format.scientific($0)) of the spread" }
        return ["verified against \(verification.reference)\(largest ?? ", layer by layer")"]
            + verification.notes.map { "  \($0)" }
    }

    private var times: String {
        let parts = [
            ("reading", timing.reading), ("optimizing", timing.optimizing),
            ("approximating", timing.approximating), ("quantizing", timing.quantizing),
            ("writing", timing.writing), ("verifying", timing.verifying),
        ].filter { $0.0 != "quantizing" || quantization != nil }
            .filter { $0.0 != "approximating" || approximation != nil }.map {
                "\($0) \(Format.seconds($1))"
            }
        return "\(Format.seconds(timing.total)) in all (\(parts.joined(separator: ", ")))"
    }
}

extension ConversionReport.Tensor {
    /// A table of inputs and outputs.
    static func table(
        inputs: [ConversionReport.Tensor], outputs: [ConversionReport.Tensor]
    ) -> ReportTable {
        let rows = inputs.map { ("input", $0) } + outputs.map { ("output", $0) }
        return ReportTable(
            [.text(), .text(), .text(), .text()],
            rows.map { .init([$0, $1.name, Format.shape($1.shape), $1.storage]) })
    }
}

/// The operations of a model or the operators of a file, with what they cost and what they read.
public struct GraphOutline: Sendable, Codable {
    /// An operation.
    public struct Operator: Sendable, Codable {
        /// The name of its first result.
        public let name: String
        /// What it is, such as `CONV_2D` in a file or `conv2D` in a model.
        public let kind: String
        /// The Keras layer that asked for it, as a path through nested models.
        public let layer: String
        /// The extents of its first result; −1 for free ones.
        public let shape: [Int]
        /// How its first result is stored, such as `float32` or `int8, scale 0.5, zero point 3`.
        public let storage: String
        /// Elements of weights and other constants that it reads.
        public let parameters: Int
        /// Bytes of these constants.
        public let parameterBytes: Int
        /// Multiply-accumulate operations of a run.
        public let multiplyAccumulates: Int
        /// The seconds of a run that the cost model predicts.
        public let predictedSeconds: Double
        /// The operators whose results it reads, by their places in the list; those of the model's inputs are left out.
        public let inputs: [Int]
    }

    /// The operators in running order.
    public let operators: [Operator]
}

/// The graphs of a conversion.
public struct GraphPair: Sendable, Codable {
    /// The model as it was read.
    public let before: GraphOutline
    /// The file as it was written.
    public let after: GraphOutline
}

extension GraphOutline {
    /// The operations of a graph.
    init(_ graph: Graph) {
        let costs = CostModel.liteRT
        let resident = graph.values.reduce(0) { $0 + ($1.constant?.byteCount ?? 0) }
        var makers: [ValueID: Int] = [:]
        operators = graph.nodes.enumerated().map { index, node in
            for output in node.outputs { makers[output] = index }
            let constants = node.inputs.compactMap { graph.constant($0) }
            let work = OperatorWork(
                of: node.op, inputs: graph.types(of: node.inputs),
                constants: node.inputs.count - constants.count..<node.inputs.count,
                outputs: graph.types(of: node.outputs))
            let result = graph[node.output]
            return Operator(
                name: result.name, kind: node.op.functionName, layer: node.layer,
                shape: result.shape.dims,
                storage: result.dtype.rawValue,
                parameters: constants.reduce(0) { $0 + $1.shape.elementCount },
                parameterBytes: constants.reduce(0) { $0 + $1.byteCount },
                multiplyAccumulates: work.multiplyAccumulates,
                predictedSeconds: costs.time(of: work, residentBytes: resident) / 1e9,
                inputs: Set(node.inputs.compactMap { makers[$0] }).sorted())
        }
    }

    /// The operators of the first subgraph of a file.
    init(_ lowered: LoweredModel) {
        let (model, subgraph) = (lowered.model, lowered.model.subgraphs[0])
        let seconds = FileTime(model, .liteRT).operatorSeconds
        var work = FileWork(model)
        var makers: [TensorIndex: Int] = [:]
        operators = subgraph.operators.enumerated().map { index, node in
            for output in node.outputs { makers[output] = index }
            let constants = node.inputs.filter { !$0.isAbsent }.map { subgraph[$0] }
                .filter { model.source(of: $0) != nil }
            let result = subgraph[node.outputs[0]]
            let quantization = LiteQuantization(result)?.description
            return Operator(
                name: result.name, kind: model.name(of: node),
                layer: lowered.operatorLayers[index], shape: result.freeShape.dims,
                storage: ([result.type.dtype?.rawValue ?? "\(result.type)"]
                    + [quantization].compactMap { $0 })
                    .joined(separator: ", "),
                parameters: constants.reduce(0) { $0 + $1.freeShape.elementCount },
                parameterBytes: constants.reduce(0) { $0 + (model.source(of: $1)?.byteCount ?? 0) },
                multiplyAccumulates: work.multiplyAccumulates(of: node, in: subgraph),
                predictedSeconds: seconds[index],
                inputs: Set(node.inputs.compactMap { makers[$0] }).sorted())
        }
    }
}
