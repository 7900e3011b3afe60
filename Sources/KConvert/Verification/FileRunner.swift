import GraphIR
import Interpreter
import Problems
import Tensors

/// Runs a file with the bundled interpreter, with the inputs and outputs of a model.
final class FileRunner {
    private let path: String
    private let model: LiteModel
    private let session: LiteSession
    private var order: PortOrder?

    /// Reads the file again from the disk.
    ///
    /// - Parameter keepsPackedWeights: whether what has been packed is kept for the next run.
    init(path: String, keepsPackedWeights: Bool = true) throws {
        self.path = path
        var options = LiteModel.Options(threads: Processors.half)
        options.keepsPackedWeights = keepsPackedWeights
        let model = try Self.locating(path) { [options] in
            try LiteModel(contentsOf: path, options: options)
        }
        self.model = model
        session = try Self.locating(path) { try model.makeSession() }
    }

    /// The extents of the file's first input; −1 where free.
    var firstInputShape: [Int] { model.inputs.first?.shapeSignature ?? [] }

    /// The extents of the file's inputs, in the order of the model that was adopted; −1 where free.
    var inputShapes: [[Int]] {
        (order?.inputs ?? []).map {
            model.inputs.indices.contains($0) ? model.inputs[$0].shapeSignature : []
        }
    }

    /// The names of the file's output tensors, in the order of the model that was adopted.
    var outputNames: [String] {
        (order?.outputs ?? []).map {
            model.outputs.indices.contains($0) ? model.outputs[$0].name : ""
        }
    }

    /// Takes inputs and gives outputs in the order of a model from now on.
    func adopt(_ graph: Graph) {
        order = PortOrder(of: graph, in: model)
    }

    /// Forgets what layers kept from the runs so far.
    func reset() {
        session.resetVariables()
    }

    /// The outputs for one set of inputs, in the order of the model that was adopted.
    ///
    /// - Parameter observe: sees the name and the elements of every tensor that an operator makes.
    func run(
        _ inputs: [Tensor], observing observe: ((String, Tensor) -> Void)? = nil
    ) throws -> [Tensor] {
        try Self.locating(path) {
            let tensors = inFileOrder(inputs.compactMap { LiteTensor($0) })
            let results =
                if let observe {
                    try session.run(tensors) { observe($0.name, $1.tensor) }
                } else {
                    try session.run(tensors)
                }
            return inModelOrder(results.map(\.tensor))
        }
    }

    private func inFileOrder(_ tensors: [LiteTensor]) -> [LiteTensor] {
        guard let order = order?.inputs, order.count == tensors.count,
            order.sorted() == Array(tensors.indices)
        else { return tensors }
        return tensors.indices.compactMap { position in
            order.firstIndex(of: position).map { tensors[$0] }
        }
    }

    private func inModelOrder(_ results: [Tensor]) -> [Tensor] {
        guard let order = order?.outputs, order.count == results.count,
            order.allSatisfy(results.indices.contains)
        else { return results }
        return order.map { results[$0] }
    }

    private static func locating<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as LiteModelError {
            throw error.problem.inFile(path)
        }
    }
}
