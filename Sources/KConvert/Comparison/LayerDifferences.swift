import Evaluation
import GraphIR
import Tensors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Collects how far the layers of a file are from those of a model, over several runs.
///
/// A tensor of the file that carries the name of a layer's output stands for exactly that output.
struct LayerDifferences {
    private struct Sums {
        var difference: OutputDifference
        var product = 0.0
        var expectedSquares = 0.0
        var actualSquares = 0.0
        var errorSquares = 0.0
    }

    private var order: [String] = []
    private var sums: [String: Sums] = [:]

    /// Runs both sides on one set of inputs.
    mutating func add(
        _ inputs: [Tensor], _ evaluator: GraphEvaluator, _ graph: Graph, _ runner: FileRunner
    ) throws {
        var found: [String: Tensor] = [:]
        _ = try runner.run(inputs) { name, tensor in found[name] = tensor }
        _ = try evaluator.run(inputs) { id, expected in
            let value = graph[id]
            guard let layer = value.layer, let actual = found[value.name],
                actual.shape == expected.shape
            else { return }
            add(layer, Constant(expected).doubles(), Constant(actual).doubles())
        }
    }

    private mutating func add(_ layer: String, _ expected: [Double], _ actual: [Double]) {
        if sums[layer] == nil { order.append(layer) }
        var sum = sums[layer] ?? Sums(difference: OutputDifference(name: layer))
        sum.difference.add(expected: expected, actual: actual)
        for (e, a) in zip(expected, actual) {
            sum.product += e * a
            sum.expectedSquares += e * e
            sum.actualSquares += a * a
            sum.errorSquares += (e - a) * (e - a)
        }
        sums[layer] = sum
    }

    /// The first layer in running order that differs by more than `tolerance` of its spread.
    func firstDiverging(tolerance: Double) -> String? {
        order.first { !(sums[$0]?.difference.relativeError ?? 0 <= tolerance) }
    }

    /// One row for each layer, in running order.
    func rows(tolerance: Double, classes: [String: String]) -> [ComparisonReport.Layer] {
        order.compactMap { layer in
            guard let sum = sums[layer] else { return nil }
            let norm = (sum.expectedSquares * sum.actualSquares).squareRoot()
            let path = String(layer.prefix { $0 != ":" && $0 != "#" })
            return ComparisonReport.Layer(
                name: layer, layerClass: classes[path] ?? "",
                maximumError: sum.difference.maximumError,
                relativeError: sum.difference.relativeError,
                cosine: norm > 0 ? sum.product / norm : 1,
                signalToNoise: sum.errorSquares > 0
                    ? 10 * log10(sum.expectedSquares / sum.errorSquares) : .infinity,
                isDiverging: !(sum.difference.relativeError <= tolerance))
        }
    }
}
