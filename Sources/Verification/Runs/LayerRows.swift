import Foundations
import GraphIR
import Tensors

/// A part of the outputs of all layers, small enough to be kept: whole rows along the last axis.
struct LayerRows: Sendable {
    /// Elements of all layers together, about.
    private static let limit = 1 << 22

    private let named: [String: ValueID]
    private let limit: Int
    private var parts: [ValueID: [Float]] = [:]

    /// Nothing so far, for the layers of a graph.
    init(_ layers: NamedLayers) {
        named = layers.values
        limit = max(Self.limit / max(named.count, 1), 1 << 12)
    }

    /// Keeps a part of the values of the model.
    mutating func add(_ tensor: Tensor, of value: Value) {
        guard named[value.name] == value.id else { return }
        parts[value.id] = withPart(of: tensor) { Array($0) }
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
        let (rows, kept) = (tensor.count / width, max(limit / width, 4))
        return tensor.withElements(Float.self) { elements in
            guard kept < rows else { return body(elements) }
            var generator = SplitMix64(seed: UInt64(rows))
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
