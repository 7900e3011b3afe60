import KerasFormat

/// The layers of one model and the groups that may hold them, by class.
struct ObjectGroups {
    /// A layer that a group is looked for.
    struct Child {
        let layer: LayerDescription
        /// Whether it expects weights.
        let needsWeights: Bool
        /// Whether the same layer occurs earlier, where its weights may be.
        let mayBeElsewhere: Bool
    }

    /// The layers of one class.
    struct Family {
        fileprivate(set) var layers: [LayerDescription]
        let base: String
        /// The groups with this base that hold anything, in the order of their numbers.
        let stored: [(name: String, object: StoredObject)]
    }

    /// The families in the order of their first layers.
    let families: [Family]

    /// Inputs of chains and operations of Keras 3 have no groups.
    ///
    /// - Parameters:
    ///   - stored: the groups in that of the model, by name.
    ///   - isOperation: whether a layer is an operation of Keras 3.
    init(
        _ model: ModelDescription, _ stored: [String: StoredObject],
        isOperation: (LayerDescription) -> Bool
    ) {
        var bases: [String] = []
        var known: [String: String] = [:]
        var layers: [String: [LayerDescription]] = [:]
        let counted = model.layers.filter {
            $0.isInput ? model.kind == .functional : $0.model != nil || !isOperation($0)
        }
        for layer in counted {
            let base = known[layer.className] ?? ObjectNaming.base(ofClass: layer.className)
            known[layer.className] = base
            if layers[base] == nil { bases.append(base) }
            layers[base, default: []].append(layer)
        }
        families = bases.map { base in
            let numbered = stored.compactMap { name, object -> (Int, String, StoredObject)? in
                guard object.hasVariables, let index = ObjectNaming.index(of: name, base: base)
                else { return nil }
                return (index, name, object)
            }
            return Family(
                layers: layers[base] ?? [], base: base,
                stored: numbered.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) })
        }
    }
}

extension ObjectGroups.Family {
    typealias Child = ObjectGroups.Child

    /// The name of each child's group, nil for none; if nothing fits, the names that Keras would use.
    ///
    /// - Parameter fits: whether a group can be that of a layer.
    func assign(
        _ children: [Child], fits: (LayerDescription, StoredObject) -> Bool
    ) -> [String?] {
        let needy = children.indices.filter { children[$0].needsWeights }
        let counted = counted(children)
        let inOrder = [needy.filter { !children[$0].mayBeElsewhere }, needy].compactMap {
            paired($0, count: children.count)
        }
        let objects = Dictionary(
            stored.map { ($0.name, $0.object) }, uniquingKeysWith: { a, _ in a })
        return ([counted] + inOrder).first { names in
            needy.allSatisfy { index in
                guard let object = names[index].flatMap({ objects[$0] }) else {
                    return children[index].mayBeElsewhere
                }
                return fits(children[index].layer, object)
            }
        } ?? counted
    }

    /// The names by counting all layers of the class.
    private func counted(_ children: [Child]) -> [String?] {
        children.indices.map { ObjectNaming.name(base, $0) }
    }

    /// The stored names in order for the children at `indices`; nil unless there are as many.
    private func paired(_ indices: [Int], count: Int) -> [String?]? {
        guard indices.count == stored.count else { return nil }
        var names = [String?](repeating: nil, count: count)
        for (index, group) in zip(indices, stored) { names[index] = group.name }
        return names
    }
}
