import GraphIR
import Problems
import Targets
import Tensors

extension Legalize {
    /// Makes sure that a file for a target without dynamic tensors has none.
    ///
    /// - Throws: `Problem.Kind.unsupported` that names the input whose extents are free.
    package static func requireKnownExtents(of graph: Graph, for target: Target) throws {
        for port in graph.inputs where !graph[port.value].shape.isStatic {
            throw Problem(
                .unsupported(
                    what:
                        "\(target.name) needs known sizes, but input '\(port.name)' has the shape \(graph[port.value].shape)",
                    remedy: "Fix the batch with \(.batch), other sizes with \(.inputShapes)."))
        }
    }
}
