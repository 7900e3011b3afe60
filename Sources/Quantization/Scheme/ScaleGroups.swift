import GraphIR

/// A value as integers of some width; a value can be read in several widths.
struct StoredValue: Hashable {
    let value: ValueID
    let bits: Int
}

/// Values that have one scale and one zero point, because operators move elements from one to the other.
struct ScaleGroups {
    /// What is known of a group.
    struct Group {
        /// The numbers that the values of the group took on.
        var range: ObservedRange?
        /// What an operator prescribes.
        var fixed: FixedScale?
        /// Whether the zero point has to be 0.
        var isSymmetric = false
    }

    private var parents: [StoredValue: StoredValue] = [:]
    private var groups: [StoredValue: Group] = [:]

    /// Adds a value as a group of its own.
    mutating func insert(_ value: StoredValue, _ group: Group) {
        guard parents[value] == nil else { return }
        parents[value] = value
        groups[value] = group
    }

    /// Whether a value has been added.
    func contains(_ value: StoredValue) -> Bool { parents[value] != nil }

    /// The value that stands for the group of a value.
    func root(of value: StoredValue) -> StoredValue {
        var current = value
        while let parent = parents[current], parent != current { current = parent }
        return current
    }

    /// The group of a value.
    subscript(value: StoredValue) -> Group {
        get { groups[root(of: value)] ?? Group() }
        set { groups[root(of: value)] = newValue }
    }

    /// Makes two groups one.
    mutating func join(_ a: StoredValue, _ b: StoredValue) {
        let (first, second) = (root(of: a), root(of: b))
        guard first != second, let left = groups[first], let right = groups[second] else { return }
        parents[second] = first
        groups[second] = nil
        let ranges = [left.range, right.range].compactMap { $0 }
        groups[first] = Group(
            range: ranges.dropFirst().reduce(ranges.first) { $0?.union($1) },
            fixed: left.fixed ?? right.fixed,
            isSymmetric: left.isSymmetric || right.isSymmetric)
    }
}
