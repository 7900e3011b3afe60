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
        var known = [Bool](repeating: false, count: values.count)
        for port in inputs { known[port.value.index] = true }
        for state in states { known[state.input.index] = true }
        for index in values.indices {
            if let fault = values[index].fault { throw fail(fault) }
            if values[index].constant != nil { known[index] = true }
        }
        for node in nodes {
            for input in node.inputs where !known[input.index] {
                throw fail(
                    "\(node.op.name) reads '\(self[input].name)' before it is made",
                    layer: node.layer)
            }
            let types = try locating(layer: node.layer) {
                try node.op.outputTypes(for: node.inputs.map { self[$0].type })
            }
            guard types.elementsEqual(node.outputs.lazy.map { self[$0].type }) else {
                throw fail(
                    "\(node.op.name) makes \(types), not \(node.outputs.map { self[$0].type })",
                    layer: node.layer)
            }
            for output in node.outputs {
                guard !known[output.index] else {
                    throw fail("'\(self[output].name)' is made twice", layer: node.layer)
                }
                known[output.index] = true
            }
        }
        for output in outputs where !known[output.value.index] {
            throw fail("output '\(output.name)' is never made")
        }
        for state in states {
            guard known[state.output.index], self[state.input].type == self[state.output].type,
                self[state.input].shape.isStatic
            else {
                throw fail("state '\(state.name)' does not become \(self[state.input].type)")
            }
        }
    }
}

extension Value {
    /// Why the value cannot be stored or have its elements; nil if it can.
    fileprivate var fault: String? {
        if let fault = storage.fault(of: dtype, shape) {
            return "'\(name)' of \(type) cannot be stored: \(fault)"
        }
        guard constant != nil, constant?.dtype != dtype || constant?.shape != shape else {
            return nil
        }
        return "constant '\(name)' is not of its type \(type)"
    }
}
