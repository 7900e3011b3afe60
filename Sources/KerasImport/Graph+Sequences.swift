import Foundations
import GraphIR

extension Graph {
    /// Names the outputs of all steps of a recurrence, `lstm/steps`, if no layer returns them.
    ///
    /// They tell more of a file than the last step does, in which a model may have amplified rounding many times.
    mutating func nameSequences() {
        var names = UniqueNames()
        for node in nodes {
            for output in node.outputs { _ = names.unique(self[output].name) }
        }
        for node in nodes {
            guard case .recurrence = node.op, self[node.outputs[0]].layer == nil else { continue }
            let name = names.unique("\(node.layer)/steps")
            setLayer(node.outputs[0], name)
            rename(node.outputs[0], to: name)
        }
    }
}
