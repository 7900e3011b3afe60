import Foundations
import GraphIR
import Tensors

/// Decides whether an approximated graph is acceptable.
struct Jury {
    /// Makes an acceptable graph of another one; nil if it cannot.
    typealias Decision = (Graph) throws -> Accepted?

    let budget: Double
    /// Measures on the samples that judge.
    let judge: ApproximationError
    /// Measures lost answers on the samples that fit; nil without a truth.
    ///
    /// A search among many graphs finds some that lose few of a few hundred answers by chance. Fits do not see the truth, so that
    /// their samples can tell, too.
    private let others: ApproximationError?

    /// - Throws: `Problem` if a sample cannot be run.
    init(
        _ graph: Graph, _ halves: SampleHalves, truth: [Int]?, budget: Double, threads: ThreadBudget
    ) throws {
        self.budget = budget
        judge = try ApproximationError(
            of: graph, on: halves.judge, truth: truth.map(halves.judgeRows), threads: threads)
        others = try truth.flatMap(halves.fitRows).map {
            try ApproximationError(of: graph, on: halves.fit, truth: $0, threads: threads)
        }
    }

    /// A graph that is near enough to the original one.
    struct Accepted {
        var graph: Graph
        /// On the samples that judge.
        var error: Double
    }

    /// The graph with its error on the samples that judge; nil if that is more than a part of the budget, or if the loss of answers
    /// could be more than the budget by one standard error.
    ///
    /// - Parameter isTuned: whether the samples that fit know too well what the graph should answer to tell its loss.
    /// - Throws: `Problem` if a sample cannot be run.
    func accepted(_ graph: Graph, share: Double = 1, isTuned: Bool = false) throws -> Accepted? {
        let (error, answers) = try judge.judgement(of: graph)
        guard error <= budget * share else { return nil }
        let accepted = Accepted(graph: graph, error: error)
        guard var answers else { return accepted }
        if !isTuned, let others = try others?.judgement(of: graph).answers {
            answers = answers + others
        }
        return answers.loss + answers.standardError <= budget ? accepted : nil
    }
}
