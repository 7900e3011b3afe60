import Problems
import Tensors

extension Graph {
    /// Checks every invariant of the graph.
    ///
    /// - Parameter pass: the pass that ran last, for the message.
    /// - Throws: `Problem.Kind.invalidGraph` naming the first fault.
    package func verify(after pass: String? = nil) throws {
        func fail(_ message: String, layer: String? = nil) -> Problem {
            Problem(.invalidGraph(message, pass: pass), layer: layer)
        }
        var known = Set(inputs.map(\.value))
        for value in values where value.constant != nil { known.insert(value.id) }
        for value in values {
            if let constant = value.constant {
                guard TensorType(constant.dtype, constant.shape) == value.type else {
                    throw fail("constant '\(value.name)' is not of its type \(value.type)")
                }
            }
        }
        for node in nodes {
            for input in node.inputs where !known.contains(input) {
                throw fail(
                    "\(node.op.name) reads '\(self[input].name)' before it is made",
                    layer: node.layer)
            }
            let types = try locating(layer: node.layer) {
                try node.op.outputTypes(for: node.inputs.map { self[$0].type })
            }
            guard types == node.outputs.map({ self[$0].type }) else {
                throw fail(
                    "\(node.op.name) makes \(types), not \(node.outputs.map { self[$0].type })",
                    layer: node.layer)
            }
            for output in node.outputs where !known.insert(output).inserted {
                throw fail("'\(self[output].name)' is made twice", layer: node.layer)
            }
        }
        for output in outputs where !known.contains(output.value) {
            throw fail("output '\(output.name)' is never made")
        }
    }
}
