import Problems
import TFLiteFormat
import Tensors

extension Plan {
    /// The plan for the shapes that the file says, or for other extents of free axes if these are too small for its windows.
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
        } catch let problem as Problem where problem.mayComeFromExtents {
            let free = tensors.map { tensor in
                (tensor.shapeSignature ?? []).indices.dropFirst().filter { axis in
                    tensor.shapeSignature?[axis] == -1 && tensor.shape.indices.contains(axis)
                }
            }
            guard free.contains(where: { !$0.isEmpty }) else { throw problem }
            let fitting = try TrialExtents.first { extent in
                let shapes = zip(tensors, free).map { tensor, axes in
                    var dims = tensor.shape
                    for axis in axes { dims[axis] = extent }
                    return Shape(dims)
                }
                return try plan(shapes)
            }
            guard let fitting else { throw problem }
            return fitting
        }
    }
}
