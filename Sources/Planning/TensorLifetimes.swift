/// When the tensors of a plan are needed, and which of them share memory.
///
/// Time 0 is before the first step, step n runs at time n + 1, and the time after the last step is `end`.
package struct TensorLifetimes: Sendable {
    /// Tensors in one place, alive from the step that writes the first to the step that reads the last.
    package struct Group: Sendable {
        /// The time at which the first tensor is written.
        package internal(set) var first: Int
        /// The time at which the last tensor is read.
        package internal(set) var last: Int
        /// The size of the largest tensor, at least 1.
        package let byteCount: Int

        package init(first: Int, last: Int, byteCount: Int) {
            self.first = first
            self.last = last
            self.byteCount = byteCount
        }
    }

    /// The groups, those of variables first.
    package private(set) var groups: [Group] = []
    /// The group of each tensor; nil for tensors that lie elsewhere.
    package private(set) var groupOf: [Int?]
    /// How many of the groups are variables.
    package private(set) var variableCount = 0
    /// The time after the last step.
    package let end: Int

    /// The lifetimes of tensors of the given sizes, nil for those that lie elsewhere.
    ///
    /// Inputs live from the start, outputs to the end, variables from the start to the end.
    package init(
        steps: [MemoryStep], byteCounts: [Int?], inputs: [Int], outputs: [Int], variables: [Int]
    ) {
        groupOf = Array(repeating: nil, count: byteCounts.count)
        end = steps.count + 1
        var lastUse = Array(repeating: 0, count: byteCounts.count)
        for (index, step) in steps.enumerated() {
            for tensor in step.inputs + step.outputs { lastUse[tensor] = index + 1 }
        }
        for tensor in outputs { lastUse[tensor] = end }
        for tensor in variables { add(tensor, byteCounts[tensor], from: 0, to: end) }
        variableCount = groups.count
        for tensor in inputs { add(tensor, byteCounts[tensor], from: 0, to: lastUse[tensor]) }
        for (index, step) in steps.enumerated() {
            for tensor in step.outputs where groupOf[tensor] == nil {
                guard let size = byteCounts[tensor] else { continue }
                if let group = sharedGroup(of: step, at: index + 1, size) {
                    groupOf[tensor] = group
                    groups[group].last = max(groups[group].last, lastUse[tensor])
                } else {
                    add(tensor, size, from: index + 1, to: lastUse[tensor])
                }
            }
        }
    }

    /// The most bytes that are alive at the same time, and the first such time.
    ///
    /// No layout needs less memory.
    package var peak: (byteCount: Int, time: Int) {
        var changes = Array(repeating: 0, count: end + 2)
        for group in groups {
            changes[group.first] += group.byteCount
            changes[group.last + 1] -= group.byteCount
        }
        var (alive, peak) = (0, (byteCount: 0, time: 0))
        for (time, change) in changes.enumerated() {
            alive += change
            if alive > peak.byteCount { peak = (alive, time) }
        }
        return peak
    }

    private mutating func add(_ tensor: Int, _ byteCount: Int?, from first: Int, to last: Int) {
        guard groupOf[tensor] == nil, let byteCount else { return }
        groupOf[tensor] = groups.count
        groups.append(Group(first: first, last: last, byteCount: max(byteCount, 1)))
    }

    /// The group of an input whose memory the output of a step can take over.
    private func sharedGroup(of step: MemoryStep, at time: Int, _ size: Int) -> Int? {
        let (candidates, isView): ([Int], Bool) =
            switch step.sharing {
            case .none: ([], false)
            case .view: (Array(step.inputs.prefix(1)), true)
            case .inPlace(let inputs): (inputs, false)
            }
        guard step.outputs.count == 1 else { return nil }
        return candidates.lazy.compactMap { groupOf[$0] }.first { group in
            group >= variableCount && groups[group].byteCount >= size
                && (isView || groups[group].last == time)
        }
    }
}
