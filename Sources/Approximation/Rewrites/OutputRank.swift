import Foundations
import GraphIR
import Tensors

/// A convolution to a few channels, and a pointwise one that combines them; for matrices two thin ones.
///
/// The few channels are the directions in which the results vary most, given the inputs that the layer really has: a reduced
/// rank regression of the target on the response (Zhang, Zou, He and Sun 2015, "Accelerating very deep convolutional networks for
/// classification and detection", asymmetric 3-d decomposition without its spatial part).
package struct OutputRank: LinearRewrite {
    package let rank: Int

    package init(rank: Int) {
        self.rank = rank
    }

    package var name: String { "rank \(rank)" }

    package func outline(for site: LinearSite) -> [Stage] {
        stages(
            for: site, directions: Matrix(zeros: site.filter.count, rank), map: nil,
            threads: ThreadBudget(1))
    }

    package func stages(
        for site: LinearSite, response: Matrix, target: Matrix, threads: ThreadBudget
    ) -> [Stage] {
        let count = site.filter.count
        var identity = Matrix(zeros: count, count)
        for i in 0..<count { identity[i, i] = 1 }
        let fit = LeastSquares(response, threads: threads).fit(target, near: identity)
        let centered = response.subtracting(response.columnMeans)
            .times(fit.weights, threads: threads)
        let variance = centered.transposedTimes(centered, threads: threads)
        let directions = SymmetricEigenvectors(of: variance).vectors.columns(0..<rank)
        return stages(for: site, directions: directions, map: fit.weights, threads: threads)
    }

    /// - Parameters:
    ///   - directions: `[out, rank]`, orthonormal.
    ///   - map: `[out, out]`, from the response to the target; nil for the identity.
    private func stages(
        for site: LinearSite, directions: Matrix, map: Matrix?, threads: ThreadBudget
    ) -> [Stage] {
        let turned = map.map { $0.times(directions, threads: threads) } ?? directions
        let thin = turned.transposedTimes(site.filter.matrix, threads: threads)
        let first = Filter(
            thin.elements, count: rank, height: site.filter.height, width: site.filter.width,
            channels: site.filter.channels)
        let last = Filter(
            directions.elements, count: site.filter.count, height: 1, width: 1, channels: rank)
        return [
            Stage(site.op, first),
            Stage(site.op.pointwise, last, bias: site.bias),
        ]
    }
}

extension Op {
    /// The operation that combines channels after this one.
    var pointwise: Op {
        if case .fullyConnected = self { return .fullyConnected(FullyConnected()) }
        return .conv2D(Conv2D())
    }
}
