import Foundations
import Problems

extension ModelDescription {
    /// The part of the model that computes the outputs of some of its layers, which become its outputs.
    ///
    /// Of a layer that is called several times the last call counts. Inputs that nothing reads any more are left out.
    /// - Throws: `Problem.Kind.invalidArgument` for a name that no layer has.
    package func cut(at names: [String]) throws -> ModelDescription {
        let ends = try names.map { name in
            guard let layer = layer(named: name) else { throw unknown(name) }
            return TensorReference(layer: name, node: max(layer.calls.count - 1, 0), tensor: 0)
        }
        let needed = calls(for: ends)
        let numbers = needed.mapValues { nodes in
            Dictionary(uniqueKeysWithValues: nodes.sorted().enumerated().map { ($1, $0) })
        }
        func renumbered(_ tensor: TensorReference) -> TensorReference {
            var copy = tensor
            copy.node = numbers[tensor.layer]?[tensor.node] ?? tensor.node
            return copy
        }
        let kept = layers.compactMap { layer -> LayerDescription? in
            guard let nodes = needed[layer.name] else { return nil }
            var copy = layer
            copy.calls = layer.calls.indices.filter(nodes.contains).map {
                layer.calls[$0].mapTensors(renumbered)
            }
            return copy
        }
        let inputs = inputs.tensors.filter { needed[$0.layer] != nil }
        return ModelDescription(
            kind: kind, name: name, version: version, layers: kept,
            inputs: .list(inputs.map { .tensor($0) }),
            outputs: .list(ends.map { .tensor(renumbered($0)) }))
    }

    /// The calls that some tensors depend on, by layer; an input layer counts as called once.
    private func calls(for ends: [TensorReference]) -> [String: Set<Int>] {
        var needed: [String: Set<Int>] = [:]
        var open = ends
        while let tensor = open.popLast() {
            guard needed[tensor.layer, default: []].insert(tensor.node).inserted,
                let layer = layer(named: tensor.layer), layer.calls.indices.contains(tensor.node)
            else { continue }
            open += layer.calls[tensor.node].tensors
        }
        return needed
    }

    private func unknown(_ name: String) -> Problem {
        let nearest = NearestName.nearest(to: name, among: layers.map(\.name))
        return Problem(
            .invalidArgument(
                "the model has no layer '\(name)' to end at",
                remedy: nearest.map { "The nearest name is '\($0)'." }
                    ?? "All are listed by \(.inspection)."))
    }
}
