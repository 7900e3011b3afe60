import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// The extents of parameters that belong to some axes of an input, as layers of keras-cv-attention-models state them.
struct AxisParameters: Sendable {
    /// Nil for a single parameter.
    private let axes: [Int]?

    init(config: LayerConfig, default standard: [Int] = [-1]) throws {
        axes =
            config.object["axis"] == nil
            ? standard : try config.optionalInts("axis")
    }

    /// The extents for an input: that of the last axis alone, or one for each axis of the input.
    ///
    /// - Parameter keepsBatch: whether the batch axis is among them.
    func dims(for shape: Shape, keepsBatch: Bool) throws -> [Int] {
        guard let axes else { return [1] }
        let positions = try axes.map(shape.checkedAxis)
        if positions == [shape.rank - 1] { return [try shape.knownExtent(-1)] }
        let dims = try shape.dims.indices.map { axis in
            positions.contains(axis) ? try shape.knownExtent(axis) : 1
        }
        return keepsBatch ? dims : Array(dims.dropFirst())
    }
}
