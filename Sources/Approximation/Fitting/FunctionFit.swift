import Foundations
import GraphIR
import Tensors

/// Fits out · f(in · x) + shift to what another function computed.
struct FunctionFit {
    /// The factors of x that are tried.
    private static let factors = [0.35, 0.5, 0.65, 0.8, 1, 1.2, 1.45, 1.75, 2.1]

    let function: CheapFunction

    /// The fitted stages.
    ///
    /// - Throws: `Problem` if a stage cannot compute.
    func fitted(to data: FitData) throws -> FittedStages {
        let places = PositionSample(
            in: data.targets, limit: data.rowLimit, seed: data.seed)
        let target = places.rows(of: data.targets)
        let inputs = places.rows(of: data.inputs)
        var best = FittedStages(stages: [], squaredError: .infinity)
        for factor in Self.factors {
            let scaled = Tensor(
                inputs.elements.map { Float($0 * factor) }, [inputs.rows, inputs.columns])
            let values = try StageRun.outputs(
                of: function.stages, on: [scaled], threads: data.threads)[0].array(of: Float.self)
            let line = Line(values.map(Double.init), target.elements)
            guard line.squaredError < best.squaredError else { continue }
            best = FittedStages(
                stages: stages(factor, line), squaredError: line.squaredError)
        }
        return best
    }

    private func stages(_ factor: Double, _ line: Line) -> [Stage] {
        [Stage(.binary(Binary(.multiply)), [Constant([factor], [])])] + function.stages + [
            Stage(.binary(Binary(.multiply)), [Constant([line.slope], [])]),
            Stage(.binary(Binary(.add)), [Constant([line.shift], [])]),
        ]
    }
}

/// The line with the least squared error through points.
private struct Line {
    let slope: Double
    let shift: Double
    /// Relative to the variance of y.
    let squaredError: Double

    init(_ x: [Double], _ y: [Double]) {
        let count = Double(max(x.count, 1))
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for (a, b) in zip(x, y) {
            xx += (a - meanX) * (a - meanX)
            xy += (a - meanX) * (b - meanY)
            yy += (b - meanY) * (b - meanY)
        }
        slope = xx > 0 ? xy / xx : 0
        shift = meanY - slope * meanX
        squaredError = yy > 0 ? max(yy - slope * xy, 0) / yy : 0
    }
}
