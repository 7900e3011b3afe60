/// Brings the numbers of a nested model's calls to 0…N−1.
///
/// Plain layers count their calls from 0. A nested model may count its own inner call as 0 and those of the graph
/// around it from 1: everywhere in Keras 1 and 2, and in Keras 3 for functional models in `output_layers` and
/// `input_layers` only. The largest number used tells where it is N; otherwise a 0 tells; otherwise the version.
struct NodeNumbering {
    private let oneBasedInbound: Set<String>
    private let oneBasedEnds: Set<String>

    init(layers: [LayerDescription], outputs: Argument, version: KerasVersion) {
        let nested = layers.filter { $0.model != nil }
        guard !nested.isEmpty else {
            oneBasedInbound = []
            oneBasedEnds = []
            return
        }
        let inbound = Self.used(by: layers.flatMap { $0.calls.flatMap { $0.tensors } })
        let ends = Self.used(by: outputs.tensors)
        let isKeras3 = version.generation == .keras3
        oneBasedInbound = Self.oneBased(nested, inbound) { _ in !isKeras3 }
        oneBasedEnds = Self.oneBased(nested, ends) { !isKeras3 || $0.model?.kind == .functional }
    }

    /// A reference of `inbound_nodes`, counted from 0.
    func normalizeInbound(_ tensor: TensorReference) -> TensorReference {
        normalize(tensor, oneBasedInbound)
    }

    /// A reference of `input_layers` or `output_layers`, counted from 0.
    func normalizeEnd(_ tensor: TensorReference) -> TensorReference {
        normalize(tensor, oneBasedEnds)
    }

    private func normalize(_ tensor: TensorReference, _ oneBased: Set<String>) -> TensorReference {
        guard tensor.node > 0, oneBased.contains(tensor.layer) else { return tensor }
        return TensorReference(
            layer: tensor.layer, node: tensor.node - 1, tensor: tensor.tensor)
    }

    private static func used(by tensors: [TensorReference]) -> [String: (least: Int, greatest: Int)]
    {
        var used: [String: (least: Int, greatest: Int)] = [:]
        for tensor in tensors {
            let range = used[tensor.layer] ?? (tensor.node, tensor.node)
            used[tensor.layer] = (min(range.least, tensor.node), max(range.greatest, tensor.node))
        }
        return used
    }

    private static func oneBased(
        _ nested: [LayerDescription], _ used: [String: (least: Int, greatest: Int)],
        byVersion: (LayerDescription) -> Bool
    ) -> Set<String> {
        Set(
            nested.filter { layer in
                guard let numbers = used[layer.name], numbers.least > 0 else { return false }
                return numbers.greatest == layer.calls.count || byVersion(layer)
            }.map { $0.name })
    }
}
