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

/// How a sliding window treats the border (TensorFlow's rule).
package enum Padding: String, Sendable, Hashable, Codable {
    /// The window stays inside: ⌊(n − k)/s⌋ + 1 positions.
    case valid
    /// ⌈n/s⌉ positions; the total padding is split with the odd one after.
    case same

    /// The number of window positions along one dimension; free stays free.
    package func outputSize(_ size: Int, window: Int, stride: Int, dilation: Int = 1) -> Int {
        guard size != Shape.free else { return Shape.free }
        let effective = (window - 1) * dilation + 1
        switch self {
        case .valid: return size < effective ? 0 : (size - effective) / stride + 1
        case .same: return (size + stride - 1) / stride
        }
    }

    /// Zeros before and after, along one dimension of known size.
    package func amounts(
        _ size: Int, window: Int, stride: Int, dilation: Int = 1
    ) -> (before: Int, after: Int) {
        guard self == .same else { return (0, 0) }
        let effective = (window - 1) * dilation + 1
        let positions = (size + stride - 1) / stride
        let total = max((positions - 1) * stride + effective - size, 0)
        return (total / 2, total - total / 2)
    }
}

/// A clamp that an operator applies to its result.
package enum Activation: String, Sendable, Hashable, Codable {
    case none, relu, relu6
    /// A clamp to [−1, 1].
    case reluN1To1
}

/// A pair of sizes along height and width.
package struct Size2D: Sendable, Hashable, Codable {
    package var height: Int
    package var width: Int

    package init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    /// Both sizes one.
    package static let one = Size2D(1, 1)

    var isPositive: Bool { height > 0 && width > 0 }
}

/// Sizes along depth, height and width.
package struct Size3D: Sendable, Hashable, Codable {
    package var depth: Int
    package var height: Int
    package var width: Int

    package init(_ depth: Int, _ height: Int, _ width: Int) {
        self.depth = depth
        self.height = height
        self.width = width
    }

    /// All sizes one.
    package static let one = Size3D(1, 1, 1)

    var isPositive: Bool { depth > 0 && height > 0 && width > 0 }
}
