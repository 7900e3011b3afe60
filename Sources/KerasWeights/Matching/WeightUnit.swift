import Problems
import Tensors

/// A layer of the outermost model with its weights: a plain layer, or a nested model with all layers inside.
struct WeightUnit {
    /// The name of the layer of the outermost model.
    let name: String
    /// The layers inside that expect weights, in order.
    let leaves: [WeightRequest]
    /// For each leaf the first one that is the same layer.
    private let originals: [Int]

    /// What tells a layer that occurs in several places from others.
    private struct Identity: Hashable {
        let name: String?
        let className: String
        let specs: [WeightSpec]
    }

    init(name: String, leaves: [WeightRequest]) {
        self.name = name
        self.leaves = leaves
        var first: [Identity: Int] = [:]
        originals = leaves.enumerated().map { index, leaf in
            let identity = Identity(
                name: leaf.path.names.last, className: leaf.className, specs: leaf.specs)
            if let known = first[identity] { return known }
            first[identity] = index
            return index
        }
    }

    /// The units of `requests` that expect weights, in order of first mention.
    static func units(of requests: [WeightRequest]) -> [WeightUnit] {
        var order: [String] = []
        var leaves: [String: [WeightRequest]] = [:]
        var seen: Set<LayerPath> = []
        for request in requests where !request.specs.isEmpty && seen.insert(request.path).inserted {
            guard let name = request.path.names.first else { continue }
            if leaves[name] == nil { order.append(name) }
            leaves[name, default: []].append(request)
        }
        return order.map { WeightUnit(name: $0, leaves: leaves[$0] ?? []) }
    }

    /// The arrays of each leaf among those of a stored layer, or nil if they do not fit.
    ///
    /// Keras lists the trainable arrays of all leaves, then the others. Names decide if they identify the leaf
    /// of each array, because the flags may have changed since the file was written; so do roles, if they tell.
    func assign(_ stored: StoredLayer) -> [(LayerPath, [StoredWeight])]? {
        if let named = WeightNaming.assign(stored.weights, to: leaves) { return named }
        if let named = WeightNaming.assign(stored.weights, toRegistered: leaves) { return named }
        let orders = leaves.count == 1 ? [listed] : [listed, shared, unfrozen, sequential]
        let fitting = orders.filter { fits($0, stored.weights) }
        let best = fitting.first { hasMatchingRoles($0, stored.weights) } ?? fitting.first
        return best.map { collect($0, from: stored.weights) }
    }

    /// What a person has to know of the arrays: `kernel 3×3×3×64, bias 64`.
    var expectation: String {
        leaves.flatMap { leaf in
            leaf.specs.map { spec in
                let prefix = leaf.path.names.dropFirst().map { $0 + "/" }.joined()
                return "\(prefix)\(spec.role) \(spec.shape)"
            }
        }.joined(separator: ", ")
    }

    /// How this unit and a stored layer differ.
    ///
    /// One problem for each leaf if the number of arrays is right, otherwise one in all.
    func mismatches(with stored: StoredLayer) -> [Problem] {
        guard stored.weights.count == listed.count else {
            return [
                Problem(
                    .mismatchingWeights(
                        expected: expectation, found: Self.text(of: stored.weights, in: stored)),
                    layer: name, layerClass: leaves.count == 1 ? leaves[0].className : nil)
            ]
        }
        return leaves.indices.compactMap { leaf in
            let pairs = zip(listed, stored.weights).filter { $0.0.leaf == leaf }
            guard pairs.contains(where: { !spec($0.0).accepts($0.1.shape) }) else { return nil }
            let expected = pairs.map { "\(spec($0.0).role) \(spec($0.0).shape)" }
            return Problem(
                .mismatchingWeights(
                    expected: expected.joined(separator: ", "),
                    found: Self.text(of: pairs.map { $0.1 }, in: stored)),
                layer: leaves[leaf].path.description, layerClass: leaves[leaf].className)
        }
    }

    static func text(of weights: [StoredWeight], in stored: StoredLayer) -> String {
        let list = weights.map { "\($0.role) \($0.shape)" }.joined(separator: ", ")
        return "\(list) ('\(stored.name)')"
    }

    /// An array of a leaf.
    private struct Slot {
        var leaf: Int
        var spec: Int
    }

    private func spec(_ slot: Slot) -> WeightSpec { leaves[slot.leaf].specs[slot.spec] }

    /// All arrays layer by layer.
    private var sequential: [Slot] {
        leaves.indices.flatMap { leaf in
            leaves[leaf].specs.indices.map { Slot(leaf: leaf, spec: $0) }
        }
    }

    /// The order of Keras: arrays that are trained, then arrays that are not or belong to frozen layers.
    private var listed: [Slot] {
        let isTrained = { (slot: Slot) in spec(slot).isTrainable && leaves[slot.leaf].isTrainable }
        return sequential.filter(isTrained) + sequential.filter { !isTrained($0) }
    }

    /// The order if no layer had been frozen.
    private var unfrozen: [Slot] {
        sequential.filter { spec($0).isTrainable } + sequential.filter { !spec($0).isTrainable }
    }

    /// The order of Keras with a layer that occurs in several places listed once.
    private var shared: [Slot] {
        listed.filter { slot in originals[slot.leaf] == slot.leaf }
    }

    private func fits(_ slots: [Slot], _ weights: [StoredWeight]) -> Bool {
        slots.count == weights.count
            && zip(slots, weights).allSatisfy { spec($0).accepts($1.shape) }
    }

    /// Whether no array bears the name of another role.
    private func hasMatchingRoles(_ slots: [Slot], _ weights: [StoredWeight]) -> Bool {
        let roles = Set(slots.map { Substring(spec($0).role) })
        return zip(slots, weights).allSatisfy { slot, weight in
            !roles.contains(weight.role) || spec(slot).role == weight.role
        }
    }

    private func collect(
        _ slots: [Slot], from weights: [StoredWeight]
    ) -> [(LayerPath, [StoredWeight])] {
        var found: [Int: [(spec: Int, weight: StoredWeight)]] = [:]
        for (slot, weight) in zip(slots, weights) {
            found[slot.leaf, default: []].append((slot.spec, weight))
        }
        return leaves.indices.map { leaf in
            let arrays = found[leaf] ?? found[originals[leaf]] ?? []
            return (leaves[leaf].path, arrays.sorted { $0.spec < $1.spec }.map { $0.weight })
        }
    }
}
