import Foundations
import GraphIR
import Problems
import Quantization
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
        truth = try TrueClasses.read(key, of: options.samples, count: samples.count)
        let inputs = try (0..<samples.count).map { try samples.inputs($0) }
        agreement = try GraphAgreement(reference: reference, inputs, threads: threads)
        guard !agreement.expectedAnswers.isEmpty else {
            throw Problem(
                .invalidArgument(
                    "'\(key)' holds true classes, but the model has no row of scores",
                    remedy: "Leave the true classes out."))
        }
        name = "right answers lost on the samples"
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
