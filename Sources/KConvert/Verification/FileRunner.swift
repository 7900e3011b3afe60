import Interpreter
import Problems
import Tensors

/// Runs a written file with the bundled interpreter.
final class FileRunner {
    /// The extents of the inputs; −1 where free.
    let inputShapes: [[Int]]
    private let session: LiteSession

    /// Reads the file again from the disk.
    ///
    /// - Parameter keepsPackedWeights: whether what has been packed is kept for the next run.
    init(path: String, keepsPackedWeights: Bool = true) throws {
        var options = LiteModel.Options(threads: Processors.half)
        options.keepsPackedWeights = keepsPackedWeights
        let model = try Self.locating { [options] in
            try LiteModel(contentsOf: path, options: options)
        }
        inputShapes = model.inputs.map(\.shapeSignature)
        session = try Self.locating { try model.makeSession() }
    }

    /// Forgets what layers kept from the runs so far.
    func reset() {
        session.resetVariables()
    }

    /// The outputs for one set of inputs, in the file's order.
    ///
    /// - Parameter observe: sees the name and the elements of every tensor that an operator makes.
    func run(
        _ inputs: [Tensor], observing observe: ((String, Tensor) -> Void)? = nil
    ) throws -> [Tensor] {
        try Self.locating {
            let tensors = inputs.compactMap { LiteTensor($0) }
            guard let observe else { return try session.run(tensors).map(\.tensor) }
            return try session.run(tensors) { observe($0.name, $1.tensor) }.map(\.tensor)
        }
    }

    private static func locating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LiteModelError {
            throw error.problem
        }
    }
}
