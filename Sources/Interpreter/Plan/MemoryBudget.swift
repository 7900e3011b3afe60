import Problems
import Tensors

/// Keeps a file from asking for more memory than the caller allows.
struct MemoryBudget {
    private(set) var remaining: Int

    init(_ limit: Int) {
        remaining = limit
    }

    /// The bytes of a tensor.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if they exceed the limit even if empty extents counted as one, so that no
    ///   product of extents overflows.
    func byteCount(_ dtype: DType, _ shape: Shape, _ name: @autoclosure () -> String) throws
        -> Int
    {
        let extents = shape.dims.map { Swift.max($0, 1) }
        let (bytes, overflow) = Shape(extents).elementCount.multipliedReportingOverflow(
            by: Swift.max(dtype.byteCount, 1))
        guard !overflow, bytes <= Swift.max(remaining, 1 << 16),
            shape.dims.allSatisfy({ $0 >= 0 && $0 <= Int(Int32.max) })
        else {
            throw Problem(.tooLarge(what: "tensor '\(name())'", value: shape.description))
        }
        return shape.elementCount * dtype.byteCount
    }

    /// Takes bytes from the budget.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if too few remain.
    mutating func take(_ bytes: Int, for what: @autoclosure () -> String) throws {
        guard bytes <= remaining else {
            throw Problem(.tooLarge(what: what(), value: "\(bytes) bytes"))
        }
        remaining -= bytes
    }
}
