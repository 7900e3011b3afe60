import GraphIR

/// The passes in the order in which they run.
package enum Pipeline {
    /// Each stage runs until none of its passes has anything left to do; then the next begins.
    package static let stages: [[any Pass]] = [
        [
            // Folding through arithmetic would hide them.
            FoldBatchNormalization(),
            FoldArithmetic(),
            FoldIntoConsumer(),
            MergeScaleAndShift(),
        ],
        [
            RewriteBatchNormalization(),
            FuseActivation(),
        ],
    ]

    /// Every pass once, in the order of the first stage that it belongs to.
    package static var passes: [any Pass] {
        var seen: Set<String> = []
        return stages.joined().filter { seen.insert($0.name).inserted }
    }
}
