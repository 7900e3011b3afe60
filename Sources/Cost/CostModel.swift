import Foundations

/// What an operator does in one run.
package struct OperatorWork: Sendable, Equatable {
    package var kind: OperatorClass
    package var multiplyAccumulates: Int
    /// Bytes of operands and results that are computed.
    package var activationBytes: Int
    /// Bytes of constants.
    package var weightBytes: Int
    /// What takes the time of the products if the operator makes several channels of each one.
    package var spread: ChannelSpread?

    package init(
        _ kind: OperatorClass, multiplyAccumulates: Int = 0, activationBytes: Int = 0,
        weightBytes: Int = 0, spread: ChannelSpread? = nil
    ) {
        self.kind = kind
        self.multiplyAccumulates = multiplyAccumulates
        self.activationBytes = activationBytes
        self.weightBytes = weightBytes
        self.spread = spread
    }
}

/// Predicts times on a target from its rates.
package struct CostModel: Sendable {
    package let rates: CostRates

    package init(_ rates: CostRates) {
        self.rates = rates
    }

    /// LiteRT on one thread.
    package static let liteRT = CostModel(.liteRT)

    /// Nanoseconds of an operator.
    ///
    /// Products and memory overlap, so that the slower one counts: an operator of little arithmetic intensity takes as long as
    /// its bytes take.
    ///
    /// - Parameter residentBytes: bytes of weights that are read between two runs of the operator, its own included; if they
    ///   fit the cache, the operator finds its own there.
    package func time(of work: OperatorWork, residentBytes: Int) -> Double {
        let row = rates[work.kind]
        let weightRate =
            residentBytes <= rates.cacheBytes ? rates.cachedBytes : rates.streamedBytes
        let memory =
            Double(work.activationBytes) / row.bytes + Double(work.weightBytes) / weightRate
        let arithmetic =
            work.spread.map(time) ?? Double(work.multiplyAccumulates) / row.products
        return row.fixed + max(arithmetic, memory)
    }

    private func time(of spread: ChannelSpread) -> Double {
        Double(spread.places) * (rates.spreadPlace + Double(spread.taps) * rates.spreadTap)
    }

    /// Whether the operators of every step of a sequence take less time than a loop over the steps.
    ///
    /// Both compute the same. A loop takes a time of its own for each round. Runtimes pack the weights of every operator
    /// separately, so that each step reads its own copy: those of many steps leave the caches, while a loop finds its one copy
    /// there.
    ///
    /// - Parameters:
    ///   - steps: the number of steps, which has to be known.
    ///   - stepWeightBytes: bytes of the weights that a step reads.
    package func unrollingPays(steps: Int, stepWeightBytes: Int) -> Bool {
        guard steps <= rates.largestUnrolledCount else { return false }
        // Weights that no cache holds are read from memory in both forms; a copy for each step would only take room.
        guard steps == 1 || stepWeightBytes <= rates.cacheBytes else { return false }
        let weights = OperatorWork(.matrix, weightBytes: stepWeightBytes)
        let unrolled = time(
            of: weights, residentBytes: saturatingProduct(stepWeightBytes, steps))
        return unrolled <= time(of: weights, residentBytes: stepWeightBytes) + rates.loopRound
    }

    /// Whether each step of a loop should compute its part of the projections, instead of all steps before the loop.
    ///
    /// Runtimes copy at each step the whole of what a loop reads. If the input is smaller than its projections by more
    /// elements than the weights of the projection have, reading these at each step costs less.
    ///
    /// - Parameters:
    ///   - steps: the number of steps; nil for a sequence of free length.
    ///   - input: elements of a step of the input.
    ///   - projections: elements of a step of the projections.
    ///   - weights: elements of the weights of the projection.
    package func projectingInsidePays(
        steps: Int?, input: Int, projections: Int, weights: Int
    ) -> Bool {
        projections > input
            && saturatingProduct(projections - input, steps ?? rates.largestUnrolledCount)
                > weights
    }
}
