/// Assignment of the arrays of a nested model by their names.
enum WeightNaming {
    /// The arrays of each leaf, or nil unless every array names its leaf and all arrays of every leaf are there.
    static func assign(
        _ weights: [StoredWeight], to leaves: [WeightRequest]
    ) -> [(LayerPath, [StoredWeight])]? {
        guard leaves.count > 1 else { return nil }
        var found = [[StoredWeight]](repeating: [], count: leaves.count)
        var byName: [String: [Int]] = [:]
        for (index, leaf) in leaves.enumerated() {
            byName[leaf.path.names.last ?? "", default: []].append(index)
        }
        for weight in weights {
            guard let leaf = leaf(of: weight, among: leaves, byName: byName) else { return nil }
            found[leaf].append(weight)
        }
        var result: [(LayerPath, [StoredWeight])] = []
        for (leaf, arrays) in zip(leaves, found) {
            guard let ordered = order(arrays, as: leaf.specs) else { return nil }
            result.append((leaf.path, ordered))
        }
        return result
    }

    /// The arrays of the only leaf, a layer of the caller's own, by the ends of their paths; nil unless each has one.
    static func assign(
        _ weights: [StoredWeight], toRegistered leaves: [WeightRequest]
    ) -> [(LayerPath, [StoredWeight])]? {
        guard leaves.count == 1, let leaf = leaves.first, weights.count == leaf.specs.count,
            leaf.specs.contains(where: { $0.isRegistered || !$0.owners.isEmpty })
        else { return nil }
        var found: [StoredWeight] = []
        for spec in leaf.specs {
            let matches = weights.filter { "/\($0.path)".hasSuffix("/\(spec.role)") }
            guard matches.count == 1, spec.accepts(matches[0].shape) else { return nil }
            found.append(matches[0])
        }
        guard Set(found.map(\.name)).count == found.count else { return nil }
        return [(leaf.path, found)]
    }

    /// The only leaf whose path ends the scope of the array's name, the longest such path winning.
    private static func leaf(
        of weight: StoredWeight, among leaves: [WeightRequest], byName: [String: [Int]]
    ) -> Int? {
        let scope = weight.scope.split(separator: "/")
        for start in scope.indices {
            let tail = scope[start...].joined(separator: "/")
            let matches = byName.keys.contains(tail) ? byName[tail] ?? [] : []
            if matches.count == 1 { return matches[0] }
            if matches.count > 1 {
                let outer = scope[..<start].joined(separator: "/")
                let exact = matches.filter { index in
                    let around = leaves[index].path.names.dropLast().joined(separator: "/")
                    return !outer.isEmpty && ("/" + around).hasSuffix("/" + outer)
                }
                return exact.count == 1 ? exact[0] : nil
            }
        }
        return nil
    }

    /// The arrays of one leaf in the order of its specs: by role if all roles are there, else as listed.
    private static func order(_ arrays: [StoredWeight], as specs: [WeightSpec]) -> [StoredWeight]? {
        guard arrays.count == specs.count else { return nil }
        let byRole = specs.compactMap { spec in arrays.first { $0.role == spec.role } }
        let areUnique = Set(specs.map(\.role)).count == specs.count
        let ordered = areUnique && byRole.count == specs.count ? byRole : arrays
        return zip(specs, ordered).allSatisfy { $0.accepts($1.shape) } ? ordered : nil
    }
}
