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

    /// Keeps a part of what the file has under a name.
    mutating func add(_ tensor: Tensor, named name: String) {
        guard let id = named[name] else { return }
        parts[id] = part(of: tensor)
    }

    /// Keeps a part of the values of the model.
    mutating func add(_ tensor: Tensor, of value: Value) {
        guard named[value.name] == value.id else { return }
        parts[value.id] = part(of: tensor)
    }

    /// The same elements for equal shapes, spread over all rows, the first and the last among them.
    private func part(of tensor: Tensor) -> [Float]? {
        guard tensor.dtype == .float32, tensor.count > 0 else { return nil }
        let width = max(tensor.shape.dims.last ?? 1, 1)
        let (rows, kept) = (tensor.count / width, max(limit / width, 4))
        return tensor.withElements(Float.self) { elements in
            guard kept < rows else { return Array(elements) }
            var generator = SplitMix64(seed: UInt64(rows))
            let chosen =
                [0, rows - 1] + (2..<kept).map { _ in Int(generator.next() % UInt64(rows)) }
            return [Float](unsafeUninitializedCapacity: kept * width) { buffer, count in
                for (place, row) in chosen.enumerated() {
                    let part = elements[row * width..<(row + 1) * width]
                    _ = buffer[(place * width)...].initialize(fromContentsOf: part)
                }
                count = kept * width
            }
        }
    }

    /// How far each layer of the file is from that of the model, relative to the spread of the part.
    func errors(from model: LayerRows) -> [ValueID: Double] {
        var errors: [ValueID: Double] = [:]
        for (id, actual) in parts {
            guard let expected = model.parts[id] else { continue }
            errors[id] = FloatComparison.relativeError(expected: expected, actual: actual)
        }
        return errors
    }
}
