/// Finds the fewest layers that have to stay real.
package struct LayerBudget {
    /// The layers that compute with integers, in running order.
    private let layers: [String]
    /// What the model loses if some layers stay real, and the ratio of signal to noise.
    private let trial: (Set<String>) throws -> (loss: Double, signalToNoise: Double)

    package init(
        _ layers: [String],
        trial: @escaping (Set<String>) throws -> (loss: Double, signalToNoise: Double)
    ) {
        self.layers = layers
        self.trial = trial
    }

    /// The layers to keep real, those that matter most first, and the loss that remains.
    ///
    /// The layers are ordered by what each alone brings; the shortest beginning of that order that keeps to the budget is
    /// taken, without those that turn out not to be needed.
    ///
    /// - Parameter progress: is told which part is done, 0…1; what it throws ends the work.
    /// - Throws: what a trial throws.
    package func fewest(
        under budget: Double, progress: (Double) throws -> Void
    ) throws -> (kept: [String], loss: Double) {
        let start = try trial([]).loss
        if start <= budget { return ([], start) }
        var gains: [(layer: String, ratio: Double)] = []
        for (index, layer) in layers.enumerated() {
            try progress(Double(index) / Double(layers.count + 8))
            gains.append((layer, try trial([layer]).signalToNoise))
        }
        let order = gains.sorted { $0.ratio > $1.ratio }.map(\.layer)
        var (low, high) = (1, order.count)
        while low < high {
            let middle = (low + high) / 2
            if try trial(Set(order.prefix(middle))).loss <= budget {
                high = middle
            } else {
                low = middle + 1
            }
        }
        var kept = Array(order.prefix(low))
        for layer in kept.reversed() where kept.count > 1 {
            let rest = kept.filter { $0 != layer }
            if try trial(Set(rest)).loss <= budget { kept = rest }
        }
        return (kept, try trial(Set(kept)).loss)
    }
}
