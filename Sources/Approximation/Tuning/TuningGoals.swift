import Gradients
import GraphIR
import Tensors

extension Graph {
    /// What a graph is tuned by: for each float output the scores that a softmax makes it of, or else the output itself.
    var tuningGoals: [TuningGoal] {
        outputs.compactMap { port in
            guard self[port.value].dtype == .float32 else { return nil }
            if let node = producer(of: port.value), case .softmax = node.op {
                return TuningGoal(value: node.inputs[0], isScores: true)
            }
            return TuningGoal(value: port.value, isScores: false)
        }
    }
}

/// A value of a graph that should be what another graph makes it.
struct TuningGoal {
    let value: ValueID
    /// Whether a softmax follows, which makes differences between all scores meaningless.
    let isScores: Bool

    /// How it is compared with its target.
    ///
    /// - Parameter variance: of all targets.
    func comparison(variance: Double) -> GradientGraph.Comparison {
        isScores
            ? .scores(temperature: Self.temperature, factor: 1)
            : .squares(factor: 1 / max(variance, Double(Float.leastNormalMagnitude)))
    }

    /// Lets scores of classes that are not the answer count as well.
    private static let temperature = 4.0
}
