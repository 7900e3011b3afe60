import Foundations
import Problems
import TFLiteFormat
import Tensors

/// A TFLite model, ready to run.
///
///     let model = try LiteModel(contentsOf: "classifier.tflite")
///     let scores = try model.predictSingle(features)
///
/// Several inputs and outputs have names:
///
///     let results = try model.predict([
///         "image": LiteTensor(pixels, shape: [1, 28, 28, 1]),
///         "age": LiteTensor([Int32(42)], shape: [1, 1]),
///     ])
///     let scores: [Float] = try results["scores"]?.values() ?? []
///
/// Everything in the file is checked when it is loaded, so that no input file can crash the process. A
/// model can be used by several threads at once; for full control give each thread a session of its own.
///
/// Weights are read where they lie in the mapped file. Another file may be renamed into its place at any time, the model
/// keeps what it has loaded. A file that is overwritten in place changes the weights of a loaded model; if that can happen,
/// load its bytes instead. If it is truncated, runs throw an error: the first model that is loaded sets a handler for bus errors
/// (SIGBUS), which passes those of other origin to the handler before it.
public final class LiteModel: Sendable {
    /// How a model is run.
    public struct Options: Sendable {
        /// How many threads one run may use.
        public var threads = 1
        /// The most bytes that one session may need for its tensors.
        public var memoryLimit = 4 << 30
        /// Whether weights that have been packed for the kernels stay in memory for the next run.
        ///
        /// Otherwise every run packs them again: less memory, and less time if there is only one run.
        public var keepsPackedWeights = true
        /// Whether there are so many runs that packing pays which saves a little time in each of them.
        package var expectsManyRuns = true

        /// One thread and at most 4 GiB.
        public init() {}

        /// These numbers of threads and bytes.
        public init(threads: Int, memoryLimit: Int = 4 << 30) {
            self.threads = threads
            self.memoryLimit = memoryLimit
        }
    }

    /// The inputs, in the order of the file.
    public var inputs: [LiteTensorDescription] { ports.inputs }
    /// The outputs, in the order of the file.
    public var outputs: [LiteTensorDescription] { ports.outputs }
    /// The names of the inputs in the default signature, or of their tensors, in the order of `inputs`.
    public var inputNames: [String] { ports.inputNames(nil) }
    /// The names of the outputs in the default signature, or of their tensors, in the order of `outputs`.
    public var outputNames: [String] { ports.outputNames(nil) }
    /// The named entry points of the file.
    public let signatures: [LiteSignature]
    /// The first of the signatures whose inputs and outputs are those of this model; nil if there is none.
    public var defaultSignature: LiteSignature? { ports.signatures.first }

    let file: TFLiteModel
    /// The subgraph that is run.
    let subgraph: Int
    let ports: LitePorts
    let options: Options
    let plans: PlanCache
    /// The file; nil if it was given as bytes.
    let mapped: MappedFile?
    private let idleSessions = SessionPool()
    private let otherEntryPoints = Locked(EntryPoints())

    private struct EntryPoints {
        var models: [Int: LiteModel] = [:]
    }

    /// Loads the file at `path`, which stays mapped into memory as long as the model lives.
    ///
    /// - Throws: `LiteModelError` if it cannot be read, is not a valid model, or uses an unknown operator.
    public convenience init(
        contentsOf path: String, options: Options = Options()
    ) throws(LiteModelError) {
        let mapped = try LiteModelError.wrapping { try MappedFile(path: path) }
        ResourceBudget.current.addInput(byteCount: mapped.bytes.count)
        try self.init(
            LiteModelError.wrapping { try TFLiteReader.read(mapped) }, options: options,
            mapped: mapped)
    }

    /// Loads a file that is in memory.
    ///
    /// - Throws: `LiteModelError` if it is not a valid model or uses an unknown operator.
    public convenience init(
        bytes: [UInt8], options: Options = Options()
    ) throws(LiteModelError) {
        try self.init(
            LiteModelError.wrapping { try TFLiteReader.read(bytes) }, options: options, mapped: nil)
    }

    /// A model of a file that has been read.
    ///
    /// - Throws: `LiteModelError` if it uses an unknown operator.
    package convenience init(_ file: TFLiteModel) throws(LiteModelError) {
        try self.init(file, subgraph: 0, options: Options(), mapped: nil)
    }

    /// Loads a file of the package.
    package convenience init(
        _ source: FileSource, options: Options
    ) throws(LiteModelError) {
        switch source {
        case .path(let path): try self.init(contentsOf: path, options: options)
        case .bytes(let bytes, _): try self.init(bytes: bytes, options: options)
        }
    }

    private init(
        _ file: TFLiteModel, subgraph: Int = 0, weights: PackedConstants? = nil,
        options: Options, mapped: MappedFile?
    ) throws(LiteModelError) {
        self.file = file
        self.subgraph = subgraph
        self.options = options
        self.mapped = mapped
        let signatures = file.signatures.map { LiteSignature($0, in: file) }
        self.signatures = signatures
        (ports, plans) = try LiteModelError.wrapping(file: mapped?.path) {
            (
                try LitePorts(file, subgraph: subgraph, signatures),
                try PlanCache(
                    RowUpdates.replacing(in: BlockScales.reading(in: file)), subgraph: subgraph,
                    memoryLimit: options.memoryLimit,
                    weights: weights
                        ?? PackedConstants(
                            isKept: options.keepsPackedWeights,
                            expectsManyRuns: options.expectsManyRuns))
            )
        }
    }

    /// The model with the inputs and outputs of one of its signatures.
    ///
    /// It is this model if the signature belongs to the same subgraph. Others share the weights with this one, but
    /// have sessions and variables of their own.
    ///
    /// - Throws: `LiteModelError` if the file has no such signature or it uses an unknown operator.
    public func entryPoint(_ key: String) throws(LiteModelError) -> LiteModel {
        guard let signature = signatures.first(where: { $0.key == key }) else {
            let keys = signatures.map(\.key).joined(separator: ", ")
            throw LiteModelError.usage(
                "there is no signature '\(key)'", remedy: keys.isEmpty ? "" : "There is \(keys).")
        }
        if signature.subgraph == subgraph { return self }
        return try LiteModelError.wrapping {
            try otherEntryPoints.withLock { known in
                if let model = known.models[signature.subgraph] { return model }
                let model = try LiteModel(
                    file, subgraph: signature.subgraph, weights: plans.weights, options: options,
                    mapped: mapped)
                known.models[signature.subgraph] = model
                return model
            }
        }
    }

    /// The state for one thread: memory for tensors and the present input shapes.
    ///
    /// - Parameter threads: how many threads a run may use; by default as in the options of the model.
    public func makeSession(threads: Int? = nil) throws(LiteModelError) -> LiteSession {
        try LiteModelError.wrapping(file: mapped?.path) {
            try LiteSession(self, threads: max(threads ?? options.threads, 1))
        }
    }

    /// Calls `body` with a session that no one else uses and whose variables are as before the first run.
    func withSession<Result>(
        _ body: (LiteSession) throws -> Result
    ) throws(LiteModelError) -> Result {
        let session: LiteSession
        if let idle = idleSessions.take() { session = idle } else { session = try makeSession() }
        defer { idleSessions.put(session) }
        session.resetVariables()
        return try LiteModelError.wrapping { try body(session) }
    }
}
