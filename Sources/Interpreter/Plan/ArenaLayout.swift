/// Places tensors in one block of memory so that those that are needed at the same time do not overlap.
///
/// Tensors that share their memory (views, operators that work in place) form a group. Groups are placed from the largest
/// to the smallest, each at the lowest offset that is free while it lives.
struct ArenaLayout {
    /// The offset of each tensor; nil for those without memory here.
    private(set) var offsets: [Int?]
    /// The size of the block.
    private(set) var byteCount = 0
    /// The bytes at its start that hold the variables.
    private(set) var variableByteCount = 0

    /// Tensors at one place, alive from the step that makes the first to the step that reads the last.
    private struct Group {
        var first: Int
        var last: Int
        var byteCount: Int
        var offset = 0
    }

    private static let alignment = 64

    private var groups: [Group] = []
    private var groupOf: [Int?]

    /// The layout of tensors of the given sizes, nil for those that lie elsewhere.
    ///
    /// Inputs live from the start, outputs to the end, variables from the start to the end and before all others.
    init(
        steps: [Step], byteCounts: [Int?], inputs: [Int], outputs: [Int], variables: [Int]
    ) {
        offsets = Array(repeating: nil, count: byteCounts.count)
        groupOf = Array(repeating: nil, count: byteCounts.count)
        let end = steps.count + 1
        var lastUse = Array(repeating: 0, count: byteCounts.count)
        for (index, step) in steps.enumerated() {
            for tensor in step.inputs + step.outputs { lastUse[tensor] = index + 1 }
        }
        for tensor in outputs { lastUse[tensor] = end }
        func add(_ tensor: Int, at time: Int, until last: Int) {
            guard groupOf[tensor] == nil, let size = byteCounts[tensor] else { return }
            groupOf[tensor] = groups.count
            groups.append(Group(first: time, last: last, byteCount: max(size, 1)))
        }
        for tensor in variables { add(tensor, at: 0, until: end) }
        let variableCount = groups.count
        for tensor in inputs { add(tensor, at: 0, until: lastUse[tensor]) }
        for (index, step) in steps.enumerated() {
            for tensor in step.outputs where groupOf[tensor] == nil {
                guard let size = byteCounts[tensor] else { continue }
                if let group = sharedGroup(of: step, at: index + 1, size, after: variableCount) {
                    groupOf[tensor] = group
                    groups[group].last = max(groups[group].last, lastUse[tensor])
                } else {
                    add(tensor, at: index + 1, until: lastUse[tensor])
                }
            }
        }
        place(variableCount)
        for tensor in offsets.indices {
            offsets[tensor] = groupOf[tensor].map { groups[$0].offset }
        }
    }

    /// The group of an input whose memory the output of a step can take over.
    private func sharedGroup(of step: Step, at time: Int, _ size: Int, after variables: Int) -> Int?
    {
        let candidates: [Int]
        switch step.sharing {
        case .none: return nil
        case .view: candidates = Array(step.inputs.prefix(1))
        case .inPlace(let inputs): candidates = inputs
        }
        guard step.outputs.count == 1 else { return nil }
        for tensor in candidates {
            guard let group = groupOf[tensor], group >= variables,
                groups[group].byteCount >= size
            else { continue }
            if case .view = step.sharing { return group }
            if groups[group].last == time { return group }
        }
        return nil
    }

    private mutating func place(_ variableCount: Int) {
        func aligned(_ bytes: Int) -> Int {
            (bytes + Self.alignment - 1) / Self.alignment * Self.alignment
        }
        for index in 0..<variableCount {
            groups[index].offset = byteCount
            byteCount += aligned(groups[index].byteCount)
        }
        variableByteCount = byteCount
        var placed: [Int] = []
        let order = (variableCount..<groups.count).sorted {
            (groups[$1].byteCount, $0) < (groups[$0].byteCount, $1)
        }
        for index in order {
            let group = groups[index]
            var offset = variableByteCount
            for other in placed where overlaps(group, groups[other]) {
                if offset + aligned(group.byteCount) <= groups[other].offset { break }
                offset = max(offset, groups[other].offset + aligned(groups[other].byteCount))
            }
            groups[index].offset = offset
            byteCount = max(byteCount, offset + aligned(group.byteCount))
            let position = placed.firstIndex { groups[$0].offset > offset } ?? placed.count
            placed.insert(index, at: position)
        }
    }

    private func overlaps(_ a: Group, _ b: Group) -> Bool {
        a.first <= b.last && b.first <= a.last
    }
}
