import Tensors

extension Target {
    /// What this target and another one both run.
    package func intersection(_ other: Target) -> Target {
        var common = operators
        for (builtin, limits) in operators {
            common[builtin] = other[builtin].map { limits.intersection($0) }
        }
        return Target(
            name: "\(name) and \(other.name)", release: min(release, other.release),
            operators: common, isStatic: isStatic || other.isStatic,
            readsVersions: readsVersions || other.readsVersions,
            favorsLoops: favorsLoops || other.favorsLoops,
            returnsInputs: returnsInputs && other.returnsInputs,
            repeatsOutputs: repeatsOutputs && other.repeatsOutputs
        ) { [trap] in trap?($0) ?? other.trap?($0) }
    }
}

extension OperatorLimits {
    /// What both limits allow.
    fileprivate func intersection(_ other: OperatorLimits) -> OperatorLimits {
        var common = self
        common.dtypes = Self.common(dtypes, other.dtypes)
        common.integers = integers.filter(other.integers.contains)
        common.hybridWeights = hybridWeights.filter(other.hybridWeights.contains)
        common.results = Self.common(results, other.results)
        common.cellActivations = Self.common(cellActivations, other.cellActivations)
        common.rank = Self.lower(rank, other.rank)
        common.broadcastRank = Self.lower(broadcastRank, other.broadcastRank)
        common.inputs = Self.lower(inputs, other.inputs)
        common.fastInputs = Self.lower(fastInputs, other.fastInputs)
        common.axes = Self.lower(axes, other.axes)
        common.padsWideStrides = padsWideStrides && other.padsWideStrides
        common.takesZeroSlope = takesZeroSlope && other.takesZeroSlope
        common.flattensInput = flattensInput && other.flattensInput
        common.infersFreeBatch = infersFreeBatch && other.infersFreeBatch
        return common
    }

    private static func common<Element: Equatable>(
        _ a: [Element]?, _ b: [Element]?
    ) -> [Element]? {
        guard let a, let b else { return a ?? b }
        return a.filter(b.contains)
    }

    private static func lower(_ a: Int?, _ b: Int?) -> Int? {
        guard let a, let b else { return a ?? b }
        return min(a, b)
    }
}
