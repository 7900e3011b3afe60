import Foundations
import GraphIR
import Tensors

/// A part of the outputs of all layers, small enough to be kept: whole rows along the last axis.
struct LayerRows: Sendable {
    /// Elements of all layers in all samples together, about.
    private static let limit = 1 << 18

    private let named: [String: ValueID]
    private let kept: Set<ValueID>
    private let limit: Int
    private let seed: UInt64
    private var parts: [ValueID: [Float]] = [:]

    /// Nothing so far, for the layers of a graph and one of some samples, which decides on the rows.
    init(_ layers: NamedLayers, sample: Int, of samples: Int) {
        named = layers.values
        kept = Set(named.values)
        limit = max(Self.limit / max(named.count * samples, 1), 1 << 9)
        seed = UInt64(sample)
    }

    /// Keeps a part of a value of the model if it is the output of a layer.
    mutating func add(_ tensor: Tensor, of value: ValueID) {
        guard kept.contains(value) else { return }
        parts[value] = withPart(of: tensor) { Array($0) }
    }

    /// How far what a file has under a name is from what was added, relative to the spread of the part; nil if there is
    /// nothing to compare it with.
    func error(of tensor: Tensor, named name: String) -> (layer: ValueID, error: Double)? {
        guard let id = named[name], let expected = parts[id] else { return nil }
        return withPart(of: tensor) {
            (id, FloatComparison.relativeError(expected: expected, actual: $0))
        }
    }

    /// Calls `body` with the same elements for equal shapes, spread over all rows, the first and the last among them; nil
    /// for a tensor without floats.
    private func withPart<Result>(
        of tensor: Tensor, _ body: (UnsafeBufferPointer<Float>) -> Result
    ) -> Result? {
        guard tensor.dtype == .float32, tensor.count > 0 else { return nil }
        let width = max(tensor.shape.dims.last ?? 1, 1)
        let (rows, kept) = (tensor.count / width, max(limit / width, 2))
        return tensor.withElements(Float.self) { elements in
            guard kept < rows else { return body(elements) }
            var generator = SplitMix64(seed: seed &* UInt64(rows) &+ UInt64(rows))
            let chosen =
                [0, rows - 1] + (2..<kept).map { _ in Int(generator.next() % UInt64(rows)) }
            return withUnsafeTemporaryAllocation(of: Float.self, capacity: kept * width) { part in
                for (place, row) in chosen.enumerated() {
                    _ = part[(place * width)...].initialize(
                        fromContentsOf: elements[row * width..<(row + 1) * width])
                }
                return body(UnsafeBufferPointer(part))
            }
        }
    }
}
