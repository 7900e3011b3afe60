import GraphIR
import Tensors

/// Chooses extents for the free axes of inputs.
enum FreeExtents {
    /// What one sample after the other multiplies to get the extents of free axes, until operations accept them.
    private static let units = [8, 32, 128, 512, 1]

    /// The shapes of a graph's inputs for a sample, whose number is also its free batch.
    ///
    /// All other free axes get one extent, large enough for the windows that slide over them.
    static func shapes(of graph: Graph, sample number: Int) -> [Shape] {
        let types = graph.inputs.map { graph[$0.value].type.shape }
        let isFree = types.contains { $0.dims.dropFirst().contains(Shape.free) }
        guard isFree else { return types.map { $0.resolvingFree(to: number) } }
        let candidates = units.map { unit in types.map { shape($0, number, unit * number) } }
        return candidates.first { accepts($0, graph) } ?? candidates[0]
    }

    private static func shape(_ shape: Shape, _ batch: Int, _ extent: Int) -> Shape {
        let dims = shape.resolvingFree(to: extent).dims
        return shape.dims.first == Shape.free ? Shape([batch] + dims.dropFirst()) : Shape(dims)
    }

    private static func accepts(_ shapes: [Shape], _ graph: Graph) -> Bool {
        var resized = graph
        let inputs = Dictionary(
            zip(graph.inputs.map(\.value), shapes), uniquingKeysWith: { first, _ in first })
        return (try? resized.setInputShapes(inputs)) != nil
    }
}
