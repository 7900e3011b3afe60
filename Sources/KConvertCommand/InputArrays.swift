import Archives
import Interpreter
import Problems
import Tensors

/// The arrays named on the command line.
struct InputArrays {
    private var byName: [String: Tensor] = [:]
    private var inOrder: [Tensor] = []

    /// Reads `x.npy`, `name=x.npy` and `x.npz`.
    init(paths: [String]) throws {
        for argument in paths {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                byName[parts[0]] = try Self.array(parts[1])
            } else if argument.hasSuffix(".npz") {
                for (name, array) in try NPZ.read(path: argument) { byName[name] = array }
            } else {
                inOrder.append(try Self.array(argument))
            }
        }
    }

    /// The inputs of a model: by name, as `in0`…, or in the order given.
    ///
    /// Arrays are converted to the model's type.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` where one is missing.
    func tensors(for model: LiteModel) throws -> [LiteTensor] {
        try model.inputs.enumerated().map { index, input in
            let positional = inOrder.indices.contains(index) ? inOrder[index] : nil
            guard let array = byName[input.name] ?? byName["in\(index)"] ?? positional else {
                throw Problem(
                    .invalidArgument(
                        "there is no array for the input '\(input.name)'",
                        remedy: "Give it with --input \(input.name)=x.npy."))
            }
            let dtype = DType(rawValue: input.elementType.rawValue) ?? .float32
            guard let tensor = LiteTensor(Constant(array, as: dtype).tensor()) else {
                throw Problem(
                    .invalidArgument(
                        "the input '\(input.name)' takes no numbers", remedy: ""))
            }
            return tensor
        }
    }

    private static func array(_ path: String) throws -> Tensor {
        let file = try MappedFile(path: path)
        return try locating(file: path) { try NPY.read(file.bytes, name: path) }
    }
}
