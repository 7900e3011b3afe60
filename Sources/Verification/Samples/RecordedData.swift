import Archives
import GraphIR
import Problems
import Tensors

/// Inputs and outputs recorded from the real model, in a `.npz` file.
///
/// Arrays are found by the names of the model's inputs and outputs, or as `in0`…, `out0`… in the model's order. An array that
/// holds a multiple of the model's batch is run in parts.
struct RecordedData {
    private let path: String
    private let arrays: [String: Tensor]

    init(path: String) throws {
        self.path = path
        arrays = Dictionary(
            try NPZ.read(path: path).map { ($0.name, $0.array) }, uniquingKeysWith: { $1 })
    }

    /// The recorded runs, cut to the batch of `graph`.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if an array is missing or has another shape.
    func samples(for graph: Graph) throws -> [Sample] {
        let inputs = try graph.inputs.enumerated().map { index, port in
            try array(port.name, "in\(index)", type: graph[port.value].type)
        }
        let outputs = try graph.outputs.enumerated().map { index, port in
            try array(port.name, "out\(index)", type: graph[port.value].type)
        }
        let parts = try partCount(of: inputs, in: graph)
        return try (0..<parts).map { part in
            Sample(
                kind: "recorded", inputs: try inputs.map { try slice($0, part, of: parts) },
                expected: try outputs.map { try slice($0, part, of: parts) })
        }
    }

    private func array(_ name: String, _ position: String, type: TensorType) throws -> Tensor {
        guard let array = arrays[name] ?? arrays[position] else {
            let present = arrays.keys.sorted().joined(separator: ", ")
            throw Problem(
                .invalidArgument(
                    "there is no array '\(name)' or '\(position)'",
                    remedy: "Name the arrays so; the file holds: \(present)."), file: path)
        }
        let fits =
            array.shape.rank == type.shape.rank
            && zip(array.shape.dims, type.shape.dims).dropFirst().allSatisfy {
                $0 == $1 || $1 == Shape.free
            }
        guard fits else {
            throw Problem(
                .invalidArgument(
                    "array '\(name)' has shape \(array.shape), the model's is \(type.shape)",
                    remedy: "Record the arrays with this model."), file: path)
        }
        return Constant(array, as: type.dtype).tensor()
    }

    /// How many runs of the model's batch the arrays hold.
    private func partCount(of inputs: [Tensor], in graph: Graph) throws -> Int {
        guard let first = inputs.first, let port = graph.inputs.first,
            let batch = graph[port.value].shape.dims.first, let count = first.shape.dims.first,
            batch != Shape.free
        else { return 1 }
        guard batch > 0, count > 0, count % batch == 0 else {
            throw Problem(
                .invalidArgument(
                    "\(count) recorded samples do not fit batches of \(batch)",
                    remedy:
                        "Fix the batch to \(count) with \(.batch), or leave it open with \(.dynamicBatch)."
                ), file: path)
        }
        return count / batch
    }

    private func slice(_ array: Tensor, _ part: Int, of parts: Int) throws -> Tensor {
        guard parts > 1, let count = array.shape.dims.first else { return array }
        guard count % parts == 0 else {
            throw Problem(
                .invalidArgument(
                    "the arrays hold different numbers of samples",
                    remedy: "Record all inputs and outputs together."), file: path)
        }
        let size = count / parts
        return Constant(array).sliced(part * size..<(part + 1) * size, axis: 0).tensor()
    }
}
