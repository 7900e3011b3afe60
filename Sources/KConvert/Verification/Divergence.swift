import Evaluation
import GraphIR
import Tensors

/// Finds where a file starts to compute something else than the model.
struct Divergence {
    let evaluator: GraphEvaluator
    let graph: Graph
    let runner: FileRunner

    /// The first layer in running order whose output is in the file and differs by more than `tolerance` of its spread.
    ///
    /// A tensor of the file that carries the name of a layer's output stands for exactly that output.
    func firstLayer(on inputs: [Tensor], tolerance: Double) throws -> String? {
        var found: [String: Tensor] = [:]
        _ = try runner.run(inputs) { name, tensor in found[name] = tensor }
        var first: String?
        _ = try evaluator.run(inputs) { id, expected in
            let value = graph[id]
            guard first == nil, let layer = value.layer, let actual = found[value.name],
                actual.shape == expected.shape
            else { return }
            var difference = OutputDifference(name: layer)
            difference.add(
                expected: Constant(expected).doubles(), actual: Constant(actual).doubles())
            if !(difference.relativeError <= tolerance) { first = layer }
        }
        return first
    }
}
