/// How fast a target is: one row for each class of operators.
///
/// Times are nanoseconds of one thread, rates are counts in a nanosecond.
package struct CostRates: Sendable {
    /// The rates of one class.
    package struct Row: Sendable {
        /// What an operator takes beside its work.
        package var fixed: Double
        /// Multiply-accumulate operations.
        package var products: Double
        /// Bytes of operands and results, weights apart.
        package var bytes: Double

        package init(fixed: Double, products: Double = .infinity, bytes: Double) {
            self.fixed = fixed
            self.products = products
            self.bytes = bytes
        }
    }

    /// The rows; a class without one costs like `other`.
    package var rows: [OperatorClass: Row]
    /// What a run takes beside its operators.
    package var run: Double
    /// What it takes to hand values from a delegate to the built-in kernels or back.
    package var partitionBreak: Double
    /// What a round of a loop takes beside its operators.
    package var loopRound: Double
    /// Bytes that the cache next to a core keeps from one operator to the next.
    package var cacheBytes: Int
    /// Bytes of weights that are read from that cache.
    package var cachedBytes: Double
    /// Bytes of weights that come from farther away.
    package var streamedBytes: Double
    /// The most steps of a sequence that are written one after the other: more would make the file large for little.
    package var largestUnrolledCount: Int
    /// Output channels that convolutions and matrix products compute at the same time; fewer take as long.
    package var channelTile: Int

    /// What each place of a `ChannelSpread` takes beside its taps, and what each tap of it takes.
    package var spreadPlace, spreadTap: Double

    /// The row of a class.
    package subscript(_ kind: OperatorClass) -> Row {
        rows[kind] ?? rows[.other] ?? Row(fixed: 0, bytes: .infinity)
    }
}
