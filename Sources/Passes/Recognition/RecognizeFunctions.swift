import Foundations
import GraphIR
import Tensors

/// Finds functions of the runtime in whatever arithmetic spells them.
///
///     before   x ─ · 0.5 · (1 + erf(x / √2)) ─ y        x ─ max(·, 0.1 · x) ─ y        1 / (1 + exp(−x)) ─ y
///     after    x ─ GELU ─ y                             x ─ LeakyReLU(0.1) ─ y         Sigmoid ─ y
///
/// The functions of elements between two values are computed for numbers of all magnitudes, and around their constants. If all results
/// are those of ReLU, ReLU6, the clamp to [−1, 1], leaky and parametric ReLU, |x|, ELU, sigmoid, tanh, SiLU, GELU, HardSwish or Mish, and
/// that takes fewer operations, it replaces them. Exact up to rounding.
package struct RecognizeFunctions: Pass {
    package let name = "recognize-functions"
    package let summary =
        "Turns arithmetic that computes GELU, HardSwish, leaky ReLU and the like into these."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        for cone in ElementCone.all(endingAt: node, in: graph).reversed()
        where cone.nodes.count > 1 {
            let form = cone.form(in: graph)
            let found = try context.sweep.result(of: form) { try function(of: cone, in: graph) }
            guard let function = found else { continue }
            return try .replacing(node, in: graph) { try function.add(to: cone.source, $0) }
        }
        return .none
    }

    /// Numbers at which two of the functions differ, and those next to which the arithmetic may bend.
    private func samples(for cone: ElementCone, in graph: Graph) -> [Float] {
        var samples: [Float] = (-60...60).map { Float($0) * 0.17 }
        var magnitudes: [Float] = [1e-30, 1e-6, 1e-3, 0.02, 15, 21, 40, 95, 1e3, 1e6, 1e18]
        for input in cone.nodes.flatMap(\.inputs) {
            guard let constant = graph.constant(input) else { continue }
            for number in constant.doubles().prefix(8) where number.isFinite {
                let bend = Float(number)
                magnitudes += [bend, bend * 1.01, bend * 0.99]
            }
        }
        for magnitude in magnitudes { samples += [magnitude, -magnitude] }
        return samples
    }

    /// A function of fewer operations with the results of a cone.
    private func function(
        of cone: ElementCone, in graph: Graph
    ) throws -> RecognizedFunction? {
        let samples = samples(for: cone, in: graph)
        let slopePlace = samples.min { abs($0 + 1) < abs($1 + 1) } ?? -1
        let slopes = try cone.evaluate([slopePlace], in: graph).map { $0 / Double(slopePlace) }
        let isUniform = Set(slopes).count == 1
        var candidates =
            RecognizedFunction.plain + [isUniform ? .leaky(slopes[0]) : .parametric(slopes)]
        candidates.removeAll { $0.count >= cone.nodes.count }
        // A few numbers rule out most.
        for samples in [[-3.7, -0.6, 0.4, 5.3], samples] where !candidates.isEmpty {
            let results = try cone.evaluate(samples, in: graph)
            candidates.removeAll { !$0.gives(results, for: samples, channels: cone.channels) }
        }
        return candidates.first
    }
}

/// A function that the runtime has as one or few operators.
private enum RecognizedFunction: Sendable {
    case identity
    case unary(Unary.Kind)
    case silu
    case mish
    case gelu(approximate: Bool)
    case leaky(Double)
    /// A leaky ReLU with a slope for each channel.
    case parametric([Double])

    /// Those without parameters.
    static let plain: [RecognizedFunction] =
        [.identity]
        + [.relu, .relu6, .reluN1To1, .abs, .elu, .sigmoid, .tanh, .hardSwish].map { .unary($0) }
        + [.silu, .gelu(approximate: false), .gelu(approximate: true), .mish]

    /// The number of operations.
    var count: Int {
        switch self {
        case .identity: 0
        case .silu: 2
        case .mish: 5
        case .unary, .gelu, .leaky, .parametric: 1
        }
    }

    /// What rounding may change of a result.
    ///
    /// Functions without rounding of their own are given back exactly, so that a small number that keeps a quotient or a logarithm
    /// finite is not taken for rounding; nor is one that bounds a sigmoid.
    func rounding(of result: Double) -> Double {
        switch self {
        case .unary(.sigmoid): min(1e-4 * result + 1e-37, 2e-6)
        case .identity, .leaky, .parametric, .unary(.relu), .unary(.relu6), .unary(.reluN1To1),
            .unary(.abs):
            2e-6 * abs(result)
        case .unary, .silu, .mish, .gelu: 2e-6 * max(1, abs(result))
        }
    }

    /// Whether these are the results `[samples, channels]` for some numbers, up to rounding.
    func gives(_ results: [Double], for samples: [Float], channels: Int) -> Bool {
        samples.indices.allSatisfy { index in
            (0..<channels).allSatisfy { channel in
                let expected = self(Double(samples[index]), channel)
                return abs(results[index * channels + channel] - expected)
                    <= rounding(of: expected)
            }
        }
    }

    func callAsFunction(_ x: Double, _ channel: Int) -> Double {
        switch self {
        case .identity: x
        case .silu: x / (1 + exp(-x))
        case .mish: x * tanh(log(1 + exp(x)))
        case .gelu(approximate: false): 0.5 * x * erfc(-x * 0.5.squareRoot())
        case .gelu(approximate: true):
            0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .leaky(let slope): x < 0 ? slope * x : x
        case .parametric(let slopes): x < 0 ? slopes[channel] * x : x
        case .unary(let kind): Self.value(kind, x)
        }
    }

    private static func value(_ kind: Unary.Kind, _ x: Double) -> Double {
        switch kind {
        case .relu: max(x, 0)
        case .relu6: min(max(x, 0), 6)
        case .reluN1To1: min(max(x, -1), 1)
        case .abs: abs(x)
        case .elu: x < 0 ? exp(x) - 1 : x
        case .sigmoid: 1 / (1 + exp(-x))
        case .tanh: tanh(x)
        case .hardSwish: x * min(max(x + 3, 0), 6) / 6
        default: .nan
        }
    }

    /// Adds the function of a value.
    func add(to x: ValueID, _ patch: PatchWriter) throws -> ValueID {
        switch self {
        case .identity: return x
        case .unary(let kind): return try patch.add(Unary(kind).op, [x])
        case .gelu(let approximate): return try patch.add(GELU(approximate: approximate).op, [x])
        case .leaky(let slope): return try patch.add(LeakyReLU(alpha: Float(slope)).op, [x])
        case .parametric(let slopes):
            let alpha = patch.constant(Constant(slopes, [slopes.count]), role: "alpha")
            return try patch.add(PReLU().op, [x, alpha])
        case .silu: return try patch.multiply(x, patch.unary(.sigmoid, x))
        case .mish: return try patch.mish(x)
        }
    }
}
