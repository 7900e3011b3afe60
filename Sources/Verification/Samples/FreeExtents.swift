import GraphIR
import Tensors

/// Chooses extents for the free axes of inputs.
enum FreeExtents {
    /// The shapes of a graph's inputs for a sample, whose number is also its free batch.
    ///
    /// All other free axes get one extent, large enough for the windows that slide over them.
    static func shapes(of graph: Graph, sample number: Int) throws -> [Shape] {
        let types = graph.inputs.map { graph[$0.value].type.shape }
        let isFree = types.contains { $0.dims.dropFirst().contains(Shape.free) }
        guard isFree else { return types.map { $0.resolvingFree(to: number) } }
        let fitting = try TrialExtents.first { unit in
            let shapes = types.map { shape($0, number, unit * number) }
            try check(shapes, graph)
            return shapes
        }
        return fitting ?? types.map { shape($0, number, TrialExtents.all[0] * number) }
    }

    private static func shape(_ shape: Shape, _ batch: Int, _ extent: Int) -> Shape {
        let dims = shape.resolvingFree(to: extent).dims
        return shape.dims.first == Shape.free ? Shape([batch] + dims.dropFirst()) : Shape(dims)
    }

    /// - Throws: `Problem` if an operation does not accept the shapes.
    private static func check(_ shapes: [Shape], _ graph: Graph) throws {
        var resized = graph
        let inputs = Dictionary(
            zip(graph.inputs.map(\.value), shapes), uniquingKeysWith: { first, _ in first })
        try resized.setInputShapes(inputs)
    }
}
