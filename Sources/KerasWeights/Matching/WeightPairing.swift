import Foundations
import KerasFormat
import Problems
import Tensors

/// The pairing of a model's layers with those of a weights file.
struct WeightPairing {
    /// A layer of the model with the layer of the file that holds its weights.
    struct Pair {
        /// The index in `stored`.
        let storedIndex: Int
        let arrays: [(LayerPath, [StoredWeight])]
    }

    /// The layers of the model that expect weights.
    let units: [WeightUnit]
    /// The layers of the file that have weights.
    let stored: [StoredLayer]

    private let indices: [String: Int]

    init(units: [WeightUnit], stored: [StoredLayer]) {
        self.units = units
        self.stored = stored
        indices = Dictionary(
            stored.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The pairs by name or, if that is impossible, in order; nil if neither fits.
    var complete: [Pair]? {
        pairs(units.map { indices[$0.name] })
            ?? (units.count == stored.count ? pairs(Array(units.indices)) : nil)
    }

    /// Everything that keeps the layers from being paired; never empty if `complete` is nil.
    ///
    /// Told by name if at least half of the names are in the file, otherwise by order.
    var problems: [Problem] {
        let known = units.count { indices[$0.name] != nil }
        let isByName = known * 2 >= units.count && known > 0
        var problems: [Problem] = []
        for (position, unit) in units.enumerated() {
            let index = isByName ? indices[unit.name] : position
            if let index, stored.indices.contains(index) {
                if unit.assign(stored[index]) == nil {
                    problems += unit.mismatches(with: stored[index])
                }
            } else {
                problems.append(missing(unit))
            }
        }
        let unused = isByName ? unusedByName : Array(stored.dropFirst(units.count))
        if !unused.isEmpty, isByName == false || known < units.count {
            let names = unused.map { $0.name }.joined(separator: ", ")
            problems.append(Problem(.unusedWeights(names)))
        }
        return problems
    }

    private func pairs(_ partners: [Int?]) -> [Pair]? {
        var pairs: [Pair] = []
        for (unit, partner) in zip(units, partners) {
            guard let partner, let arrays = unit.assign(stored[partner]) else { return nil }
            pairs.append(Pair(storedIndex: partner, arrays: arrays))
        }
        return pairs
    }

    private var unusedByName: [StoredLayer] {
        let names = Set(units.map { $0.name })
        return stored.filter { !names.contains($0.name) }
    }

    private func missing(_ unit: WeightUnit) -> Problem {
        // Every unit is tried with every layer of the file.
        let isSmall = units.count * stored.count < 1 << 18
        let candidates = isSmall ? unusedByName : []
        let fitting = candidates.filter { unit.assign($0) != nil }.map { $0.name }
        let nearest =
            NearestName.nearest(to: unit.name, among: fitting) ?? fitting.first
            ?? NearestName.nearest(to: unit.name, among: candidates.map { $0.name })
        return Problem(
            .missingWeights(expected: unit.expectation, nearest: nearest), layer: unit.name,
            layerClass: unit.leaves.count == 1 ? unit.leaves[0].className : nil)
    }
}
