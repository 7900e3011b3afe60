import Problems

/// Brings the numbers of a nested model's calls to 0…N−1.
///
/// Plain layers count their calls from 0. A nested model may count its own inner call as 0 and those of the graph
/// around it from 1: everywhere in Keras 1 and 2, and in Keras 3 for functional models in `output_layers` and
/// `input_layers` only. The largest number used tells if it is N; otherwise a 0 tells; otherwise the version.
///
/// The first versions of Keras 3 count in `inbound_nodes` the calls of a layer in other models too. Such numbers show by
/// calls that nothing would use: a model stores only calls that its outputs depend on. Keras 3.2 writes 0 everywhere,
/// from which nobody can tell the calls.
struct NodeNumbering {
    private let oneBasedInbound: Set<String>
    private let oneBasedEnds: Set<String>
    /// What numbers of `inbound_nodes` stand for, by layer, if they count the calls in other models.
    private var recounted: [String: [Int: Int]] = [:]

    /// - Throws: `brokenTopology` if the numbers do not tell the calls of a layer apart.
    init(layers: [LayerDescription], outputs: Argument, version: KerasVersion) throws {
        let nested = layers.filter { $0.model != nil }
        let inbound = Self.used(by: layers.flatMap { $0.calls.flatMap { $0.tensors } })
        let ends = Self.used(by: outputs.tensors)
        let isKeras3 = version.generation == .keras3
        oneBasedInbound = Self.oneBased(nested, inbound) { _ in !isKeras3 }
        oneBasedEnds = Self.oneBased(nested, ends) { !isKeras3 || $0.model?.kind == .functional }
        guard isKeras3 else { return }
        for layer in layers where !layer.calls.isEmpty && !oneBasedInbound.contains(layer.name) {
            let first = oneBasedEnds.contains(layer.name) ? 1 : 0
            recounted[layer.name] = try Self.recounted(
                layer.name, inbound[layer.name] ?? [], calls: layer.calls.count,
                ends: Set((ends[layer.name] ?? []).map { $0 - first }))
        }
    }

    /// A reference of `inbound_nodes`, counted from 0.
    func normalizeInbound(_ tensor: TensorReference) -> TensorReference {
        guard let node = recounted[tensor.layer]?[tensor.node] else {
            return normalize(tensor, oneBasedInbound)
        }
        return TensorReference(layer: tensor.layer, node: node, tensor: tensor.tensor)
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

    /// The numbers of calls by layer.
    private static func used(by tensors: [TensorReference]) -> [String: Set<Int>] {
        tensors.reduce(into: [:]) { used, tensor in
            used[tensor.layer, default: []].insert(tensor.node)
        }
    }

    private static func oneBased(
        _ nested: [LayerDescription], _ used: [String: Set<Int>],
        byVersion: (LayerDescription) -> Bool
    ) -> Set<String> {
        Set(
            nested.filter { layer in
                guard let numbers = used[layer.name], !numbers.contains(0) else { return false }
                return numbers.max() == layer.calls.count || byVersion(layer)
            }.map { $0.name })
    }

    /// Assigns numbers in their order to the calls of a layer: to all, or to those that are not outputs of the model.
    ///
    /// - Returns: nil if the numbers are those of the calls already, or fit in neither way.
    private static func recounted(
        _ name: String, _ used: Set<Int>, calls: Int, ends: Set<Int>
    ) throws -> [Int: Int]? {
        guard !used.isEmpty, used.union(ends) != Set(0..<calls) else { return nil }
        let inner = (0..<calls).filter { !ends.contains($0) }
        let pairs = zip(used.sorted(), used.count == calls ? Array(0..<calls) : inner)
        let fits = used.count == calls || used.count == inner.count
        if fits, pairs.allSatisfy({ $0 >= $1 }) { return Dictionary(uniqueKeysWithValues: pairs) }
        guard used != [0] else {
            throw Problem(
                .brokenTopology(
                    "which of its calls of '\(name)' the model means is lost, as in files of Keras 3.2"
                ))
        }
        return nil
    }
}
