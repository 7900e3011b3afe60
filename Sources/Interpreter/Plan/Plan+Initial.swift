import TFLiteFormat
import Tensors

extension Plan {
    /// The extents that free axes after the first get if a file's own are too small for its windows.
    private static let freeExtents = [8, 32, 128, 512]

    /// The plan for the shapes that the file says, or for the smallest extents of free axes that its operators accept.
    static func initial(
        _ model: TFLiteModel, subgraph: Int = 0, memoryLimit: Int, weights: PackedConstants
    ) throws -> Plan {
        let graph = model.subgraphs[subgraph]
        let tensors = graph.inputs.map { graph[$0] }
        func plan(_ shapes: [Shape]) throws -> Plan {
            try Planner.plan(
                model, subgraph: subgraph, inputShapes: shapes, memoryLimit: memoryLimit,
                weights: weights)
        }
        do {
            return try plan(tensors.map { Shape($0.shape) })
        } catch {
            let free = tensors.map { tensor in
                (tensor.shapeSignature ?? []).indices.dropFirst().filter { axis in
                    tensor.shapeSignature?[axis] == -1 && tensor.shape.indices.contains(axis)
                }
            }
            guard free.contains(where: { !$0.isEmpty }) else { throw error }
            for extent in freeExtents {
                let shapes = zip(tensors, free).map { tensor, axes in
                    var dims = tensor.shape
                    for axis in axes { dims[axis] = extent }
                    return Shape(dims)
                }
                if let plan = try? plan(shapes) { return plan }
            }
            throw error
        }
    }
}
