import Foundations
import GraphIR
import Problems
import Quantization
import TensorFiles
import Tensors

/// What a quantized graph loses, as a budget of accuracy counts it.
struct BudgetLoss {
    /// What is counted.
    let name: String
    private let agreement: GraphAgreement
    /// The true classes of the samples; nil if none are given.
    private let truth: [Int]?

    /// - Throws: `Problem.Kind.invalidArgument` if the true classes do not fit the samples.
    init(
        _ options: QuantizationOptions, _ samples: (any SampleSource)?, _ repairs: RepairSamples,
        reference: Graph, _ threads: ThreadBudget
    ) throws {
        guard let key = options.truth, let samples else {
            agreement = repairs.agreement
            truth = nil
            name =
                repairs.agreement.expectedAnswers.isEmpty
                ? "noise by signal on samples held back" : "changed answers on samples held back"
            return
        }
        let classes = try Self.classes(key, in: options.samples?.path)
        let inputs = try (0..<samples.count).map { try samples.inputs($0) }
        agreement = try GraphAgreement(reference: reference, inputs, threads: threads)
        guard classes.count == inputs.count, !agreement.expectedAnswers.isEmpty else {
            throw Problem(
                .invalidArgument(
                    "'\(key)' holds \(classes.count) classes for \(inputs.count) samples of a model "
                        + (agreement.expectedAnswers.isEmpty ? "without scores" : "with scores"),
                    remedy: "Give the class of each sample, for a model with a row of scores."))
        }
        truth = classes
        name = "right answers lost on the samples"
    }

    private static func classes(_ key: String, in path: String?) throws -> [Int] {
        let arrays = try path.map { try TensorFile.read($0) } ?? []
        guard let array = arrays.first(where: { $0.name == key })?.tensor.tensor else {
            throw Problem(
                .invalidArgument(
                    "the samples hold no array '\(key)', they hold "
                        + arrays.map(\.name).joined(separator: ", "),
                    remedy: "Name the array of the true classes in the .npz file of the samples."),
                file: path)
        }
        let rows = array.shape.dims.first ?? 1
        let width = array.count / max(rows, 1)
        let values = Constant(array).doubles()
        guard width > 1 else { return values.map { Int(exactly: $0.rounded()) ?? -1 } }
        return (0..<rows).map { row in
            (0..<width).max { values[row * width + $0] < values[row * width + $1] } ?? 0
        }
    }

    /// The loss of a graph, and its ratio of signal to noise in decibels.
    func measured(_ graph: Graph) throws -> (loss: Double, signalToNoise: Double) {
        let found = try agreement.measure(graph)
        guard let truth else {
            let noise = pow(10, -found.signalToNoise / 10)
            return (found.changedAnswers ?? noise, found.signalToNoise)
        }
        func right(_ answers: [Int]) -> Int {
            zip(answers, truth).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
        }
        let lost = right(agreement.expectedAnswers) - right(found.answers)
        return (Double(lost) / Double(max(truth.count, 1)), found.signalToNoise)
    }
}
