import TFLiteFormat
import Tensors

/// Where the two directions of a recurrence write their rows.
struct DirectionResults: Sendable {
    /// The outputs of the operator.
    let outputs: [Operand]
    let forward: DirectionResult
    let backward: DirectionResult
}

/// Where one direction of a recurrence writes its rows.
struct DirectionResult: Sendable {
    let y: Operand
    /// The floats in front of the first row.
    let offset: Int
    /// The floats from one row to the next.
    let stride: Int
}

extension OperatorPreparation {
    /// Declares the results of the two directions of a recurrence over x: two, or one with the rows of both.
    func directions(
        of x: Operand, _ forward: Int, _ backward: Int, isMerged: Bool
    ) throws -> DirectionResults {
        let leading = Array(x.shape.dims.dropLast())
        let first = try output(
            0, .float32, Shape(leading + [isMerged ? forward + backward : forward]))
        let last = isMerged ? first : try output(1, .float32, Shape(leading + [backward]))
        return DirectionResults(
            outputs: isMerged ? [first] : [first, last],
            forward: DirectionResult(y: first, offset: 0, stride: first.shape[-1]),
            backward: DirectionResult(
                y: last, offset: isMerged ? forward : 0, stride: last.shape[-1]))
    }

    /// Throws if a second sequence has other records or steps.
    func requireEqualSteps(_ x: Operand, _ second: Operand?) throws {
        guard let second else { return }
        guard second.shape.rank == 3, second.shape.dims.prefix(2) == x.shape.dims.prefix(2) else {
            throw malformed("its sequences have shapes \(x.shape) and \(second.shape)")
        }
    }
}
