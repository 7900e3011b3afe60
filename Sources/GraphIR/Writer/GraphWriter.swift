import Problems
import Tensors

/// Adds operations to a graph.
///
/// The extensions in this folder are the vocabulary that importer, expansions and tests share, one theme per file.
package protocol GraphWriter: AnyObject {
    /// The path of the layer on whose behalf operations are added.
    var layer: String { get }

    /// The type of a value.
    func type(of value: ValueID) -> TensorType

    /// The constant that a value is; nil if it is computed or an input.
    func storedConstant(of value: ValueID) -> Constant?

    /// Adds a constant.
    ///
    /// - Parameter role: what the constant is within its layer.
    func constant(_ constant: Constant, role: String) -> ValueID

    /// Adds an operation and returns all its outputs.
    ///
    /// - Parameter role: what the results are within their layer; nil for the operation's name.
    /// - Throws: `Problem.Kind.invalidShape`, naming the layer, if the inputs do not fit.
    func addMulti(_ op: Op, _ inputs: [ValueID], role: String?) throws -> [ValueID]
}

extension GraphWriter {
    /// Adds an operation and returns all its outputs.
    package func addMulti(_ op: Op, _ inputs: [ValueID]) throws -> [ValueID] {
        try addMulti(op, inputs, role: nil)
    }

    /// Adds an operation with one output.
    ///
    /// - Parameter role: what the result is within its layer; nil for the operation's name.
    /// - Throws: `Problem.Kind.invalidShape`, naming the layer, if the inputs do not fit.
    package func add(_ op: Op, _ inputs: [ValueID], role: String? = nil) throws -> ValueID {
        let outputs = try addMulti(op, inputs, role: role)
        guard let output = outputs.first else {
            throw Problem(.invalidShape("\(op.name) has no output"), layer: layer)
        }
        return output
    }

    /// Adds a single number of the dtype of `like`.
    package func scalar(_ value: Double, like: ValueID, role: String = "scalar") -> ValueID {
        let number = Tensor(dtype: .float64, shape: [], copying: [value])
        return constant(Constant(number, as: dtype(of: like)), role: role)
    }

    /// The extents of a value.
    package func shape(of value: ValueID) -> Shape { type(of: value).shape }

    /// The element type of a value.
    package func dtype(of value: ValueID) -> DType { type(of: value).dtype }

    /// Checks the rank of a value.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if it is another one.
    package func requireRank(_ x: ValueID, _ rank: Int) throws {
        guard shape(of: x).rank == rank else {
            throw Problem(
                .invalidShape("the input has shape \(shape(of: x)), expected rank \(rank)"))
        }
    }
}
