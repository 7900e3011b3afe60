import Problems
import Tensors

/// Conditions that shape inference asks for.
enum Check {
    static func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
        guard condition else { throw Problem(.invalidShape(message())) }
    }

    /// The number of inputs is in `counts`.
    static func inputCount(
        _ inputs: [TensorType], _ counts: ClosedRange<Int>, _ name: String
    ) throws {
        try require(
            counts.contains(inputs.count),
            "\(name) takes \(counts.lowerBound)…\(counts.upperBound) inputs, not \(inputs.count)")
    }

    /// The input has this rank.
    static func rank(_ type: TensorType, _ rank: Int, _ what: String) throws {
        try require(
            type.shape.rank == rank, "\(what) has shape \(type.shape), expected rank \(rank)")
    }

    /// The axis counted from the front.
    static func axis(_ axis: Int, of shape: Shape, _ name: String) throws -> Int {
        guard let normalized = shape.normalizedAxis(axis) else {
            throw Problem(.invalidShape("\(name): axis \(axis) is outside shape \(shape)"))
        }
        return normalized
    }

    /// Two extents are equal or one of them is free.
    static func matches(_ a: Int, _ b: Int) -> Bool {
        a == b || a == Shape.free || b == Shape.free
    }
}
