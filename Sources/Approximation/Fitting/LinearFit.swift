import Foundations
import GraphIR
import Tensors

/// Fits the stages of a linear rewrite to the inputs that it really has and to what the layer computed.
package struct LinearFit {
    package let site: LinearSite
    package let rewrite: any LinearRewrite

    package init(site: LinearSite, rewrite: any LinearRewrite) {
        self.site = site
        self.rewrite = rewrite
    }

    /// The fitted stages.
    ///
    /// - Throws: `Problem` if a stage cannot compute.
    package func fitted(to data: FitData) throws -> FittedStages {
        let places = PositionSample(
            in: data.targets, limit: data.rowLimit, seed: data.seed)
        let whole = Stage(site.op, site.filter, bias: site.bias)
        let response = try StageRun.outputs(of: [whole], on: data.inputs, threads: data.threads)
        let target = places.rows(of: data.targets)
        let stages = rewrite.stages(
            for: site, response: places.rows(of: response), target: target, threads: data.threads)
        return try refitted(stages, to: target, at: places, data)
    }

    /// Stages with the last one fitted to a target, through the clamp that follows.
    private func refitted(
        _ stages: [Stage], to target: Matrix, at places: PositionSample, _ data: FitData
    ) throws -> FittedStages {
        guard let last = stages.last else { return FittedStages(stages: [], squaredError: 1) }
        let inputs = try StageRun.outputs(
            of: Array(stages.dropLast()), on: data.inputs, threads: data.threads)
        let refit = LastStageFit(last, inputs, at: places, threads: data.threads)
        let fit = refit.fit(target, clamp: site.clamp)
        return FittedStages(
            stages: stages.dropLast() + [fit.stage],
            squaredError: ClampedTarget(target, site.clamp).squaredError(of: fit.prediction))
    }
}

/// Fits the weights and the bias of a linear stage.
struct LastStageFit {
    /// Observations for each feature below which weights are left alone.
    private static let observationsPerFeature = 4
    /// The most features whose weights are fitted.
    private static let featureLimit = 1024

    private let stage: Stage
    private let features: Matrix
    /// `[features, out]`.
    private let guess: Matrix
    private let shape: Shape
    private let threads: ThreadBudget

    /// - Parameter inputs: what the stage reads on each sample.
    init(_ stage: Stage, _ inputs: [Tensor], at places: PositionSample, threads: ThreadBudget) {
        self.stage = stage
        self.threads = threads
        let filter = stage.constants[0]
        shape = filter.shape
        guess =
            Matrix(shape[0], shape.elementCount / max(shape[0], 1), filter.doubles()).transposed
        if case .conv2D(let convolution) = stage.op, let input = inputs.first?.shape,
            convolution.strides != .one || shape[1] > 1 || shape[2] > 1,
            let rows = WindowAxis(
                input: input[1], kernel: shape[1], stride: convolution.strides.height,
                dilation: convolution.dilations.height, padding: convolution.padding),
            let columns = WindowAxis(
                input: input[2], kernel: shape[2], stride: convolution.strides.width,
                dilation: convolution.dilations.width, padding: convolution.padding)
        {
            features = places.patches(of: inputs, rows: rows, columns: columns)
        } else {
            features = places.rows(of: inputs)
        }
    }

    /// The stage that comes nearest to a target behind a clamp, and what it computes.
    func fit(_ target: Matrix, clamp: Clamp) -> (stage: Stage, prediction: Matrix) {
        guard
            features.columns <= Self.featureLimit,
            features.rows >= Self.observationsPerFeature * features.columns
        else {
            let prediction = features.times(guess, threads: threads)
            let shift = zip(target.columnMeans, prediction.columnMeans).map { $0 - $1 }
            return result(AffineFit(weights: guess, shift: shift))
        }
        let squares = LeastSquares(features, threads: threads)
        var fit = squares.fit(target, near: guess)
        let clamped = ClampedTarget(target, clamp)
        for weight in clamped.weights {
            let prediction = predicted(fit)
            fit = squares.fit(clamped.target(for: prediction, weight: weight), near: fit.weights)
        }
        return result(fit)
    }

    private func predicted(_ fit: AffineFit) -> Matrix {
        features.times(fit.weights, threads: threads).subtracting(fit.shift.map { -$0 })
    }

    private func result(_ fit: AffineFit) -> (stage: Stage, prediction: Matrix) {
        let filter = Stage.rounded(fit.weights.transposed.elements, shape)
        return (
            Stage(stage.op, [filter, Constant(fit.shift, [fit.shift.count])]), predicted(fit)
        )
    }
}
