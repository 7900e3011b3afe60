import Evaluation
import Foundations
import GraphIR
import Passes
import Tensors
import TestSupport
import Testing

/// A graph before and after some passes.
struct Rewriting {
    let before: Graph
    let after: Graph
    let report: OptimizationReport

    /// Runs `passes` to a fixed point on a graph in text form.
    init(_ text: String, _ passes: any Pass...) throws {
        try self.init(Graph(parsing: text), stages: [passes])
    }

    init(_ graph: Graph, stages: [[any Pass]] = Pipeline.stages) throws {
        before = graph
        var graph = graph
        report = try PassDriver(stages: stages, verifiesEveryPatch: true).run(on: &graph)
        after = graph
        try after.verify()
    }

    /// What became of the batch normalizations.
    var batchNormalizations: BatchNormalizations {
        BatchNormalizations(before: before, after: after, report)
    }

    /// The operations left, in running order, by their name in the text form.
    var operations: [String] {
        after.text.split(separator: "\n").compactMap { line in
            guard let call = line.split(separator: "=", maxSplits: 1).dropFirst().first,
                !line.hasPrefix("constant "), !line.hasPrefix("graph ")
            else { return nil }
            return String(call.prefix { $0 != "(" }.drop { $0 == " " })
        }
    }

    /// The attributes of the only operation of this name.
    func attributes(of operation: String) -> String {
        let line = after.text.split(separator: "\n").first { $0.contains("= \(operation)(") }
        guard let line, let open = line.firstIndex(of: "{") else { return "" }
        return String(line[open...].prefix { $0 != "}" }.dropFirst())
    }

    /// The largest error of any output and of any value that is marked as a layer's output in both graphs, relative to the
    /// spread of that value.
    func relativeError(seed: UInt64 = 1) throws -> Double {
        var generator = SplitMix64(seed: seed)
        let inputs = before.inputs.map { port in
            Tensor.random(before[port.value].type, using: &generator)
        }
        var marked: [String: Tensor] = [:]
        let expected = try GraphEvaluator(before, precision: .reference).run(inputs) { id, tensor in
            if let layer = before[id].layer { marked[layer] = tensor }
        }
        var worst = 0.0
        let found = try GraphEvaluator(after, precision: .reference).run(inputs) { id, tensor in
            if let layer = after[id].layer, let other = marked[layer] {
                worst = max(worst, Difference(tensor, other).relative)
            }
        }
        for (a, b) in zip(found, expected) { worst = max(worst, Difference(a, b).relative) }
        return found.count == expected.count ? worst : .infinity
    }
}

extension Tensor {
    /// Random numbers: floats in [−2, 2), integers in 0..<4; a free extent becomes 2.
    static func random(_ type: TensorType, using generator: inout SplitMix64) -> Tensor {
        let shape = type.shape.resolvingFree(to: 2)
        let values = (0..<shape.elementCount).map { _ in
            type.dtype.isFloat
                ? Double.random(in: -2..<2, using: &generator)
                : Double(Int.random(in: 0..<4, using: &generator))
        }
        let doubles = Tensor(dtype: .float64, shape: shape, copying: values)
        return Constant(doubles, as: type.dtype).tensor()
    }
}

/// The largest relative error that is put down to rounding.
let roundingTolerance = 1e-5

/// Text of the parameters of a batch normalization over `count` channels, by the names `g`, `be`, `m` and `v`.
func batchNormParameters(_ count: Int) -> String {
    """
    constant g: float32[\(count)] = random(101, 0.5, 1.5)
    constant be: float32[\(count)] = random(102)
    constant m: float32[\(count)] = random(103)
    constant v: float32[\(count)] = random(104, 0.2, 2)
    """
}
