import Problems
import TFLiteFormat
import Tensors

/// A TFLite model, ready to run.
///
///     let model = try LiteModel(contentsOf: "classifier.tflite")
///     let scores = try model.predictSingle(features)
///
/// Everything in the file is checked when it is loaded, so that no file whatsoever can make the program crash. Weights
/// are read where they lie in the file. A model can be used by several threads at once; for full control give each thread
/// a session of its own.
public final class LiteModel: Sendable {
    /// How a model is run.
    public struct Options: Sendable {
        /// How many threads one run may use.
        public var threads = 1
        /// The most bytes that one session may need for its tensors.
        public var memoryLimit = 4 << 30
        /// Whether weights that have been packed for the kernels stay in memory for the next run.
        ///
        /// Without, every run packs them anew: less memory, and less time where there is one run only.
        public var keepsPackedWeights = true

        /// One thread and at most 4 GiB.
        public init() {}

        /// These numbers of threads and bytes.
        public init(threads: Int, memoryLimit: Int = 4 << 30) {
            self.threads = threads
            self.memoryLimit = memoryLimit
        }
    }

    /// The inputs, in the order of the file.
    public let inputs: [LiteTensorDescription]
    /// The outputs, in the order of the file.
    public let outputs: [LiteTensorDescription]
    /// The named entry points of the main subgraph.
    public let signatures: [LiteSignature]

    let file: TFLiteModel
    let options: Options
    let plans: PlanCache
    private let idleSessions = SessionPool()

    /// Loads the file at `path`, which stays mapped into memory as long as the model lives.
    ///
    /// - Throws: `LiteModelError` where it cannot be read, is no valid model, or uses an unknown operator.
    public convenience init(contentsOf path: String, options: Options = Options()) throws {
        try self.init(
            LiteModelError.wrapping { try TFLiteReader.read(path: path) }, options: options,
            path: path)
    }

    /// Loads a file that is in memory.
    ///
    /// - Throws: `LiteModelError` where it is no valid model or uses an unknown operator.
    public convenience init(bytes: [UInt8], options: Options = Options()) throws {
        try self.init(
            LiteModelError.wrapping { try TFLiteReader.read(bytes) }, options: options, path: nil)
    }

    private init(_ file: TFLiteModel, options: Options, path: String?) throws(LiteModelError) {
        self.file = file
        self.options = options
        let main = file.subgraphs[0]
        let loaded = try LiteModelError.wrapping {
            do {
                return (
                    try main.inputs.map { try Self.description(main, $0) },
                    try main.outputs.map { try Self.description(main, $0) },
                    try PlanCache(
                        RowUpdates.replacing(in: file), memoryLimit: options.memoryLimit,
                        keepsPackedWeights: options.keepsPackedWeights)
                )
            } catch let problem as Problem {
                throw path.map { problem.inFile($0) } ?? problem
            }
        }
        (inputs, outputs, plans) = loaded
        signatures = file.signatures.compactMap { signature in
            guard signature.subgraph == 0 else { return nil }
            return LiteSignature(
                key: signature.key, inputs: Self.positions(signature.inputs, in: main.inputs),
                outputs: Self.positions(signature.outputs, in: main.outputs))
        }
    }

    /// The state for one thread: memory for tensors and the present input shapes.
    ///
    /// - Parameter threads: how many threads a run may use; by default as in the options of the model.
    public func makeSession(threads: Int? = nil) throws -> LiteSession {
        try LiteModelError.wrapping {
            try LiteSession(self, threads: max(threads ?? options.threads, 1))
        }
    }

    /// Calls `body` with a session that no one else uses and whose variables are as before the first run.
    func withSession<Result>(_ body: (LiteSession) throws -> Result) throws -> Result {
        let session = try idleSessions.take() ?? makeSession()
        defer { idleSessions.put(session) }
        session.resetVariables()
        return try body(session)
    }

    private static func description(
        _ graph: TFLiteSubgraph, _ index: Int
    ) throws -> LiteTensorDescription {
        let tensor = graph.tensors[index]
        guard let dtype = tensor.type.dtype, let elementType = LiteElementType(dtype) else {
            throw Problem(
                .unsupportedOperator(
                    name: "of tensor '\(tensor.name)'",
                    reason: "elements of type \(tensor.type.schemaName)"))
        }
        let signature = tensor.shapeSignature.flatMap { $0.isEmpty ? nil : $0 }
        return LiteTensorDescription(
            name: tensor.name, shape: tensor.shape, shapeSignature: signature ?? tensor.shape,
            elementType: elementType, tensorIndex: index)
    }

    private static func positions(
        _ tensors: [TFLiteSignature.Tensor], in list: [Int]
    ) -> [String: Int] {
        var positions: [String: Int] = [:]
        for tensor in tensors {
            positions[tensor.name] = list.firstIndex(of: tensor.index)
        }
        return positions
    }
}
