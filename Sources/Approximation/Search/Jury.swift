import Foundations
import GraphIR
import Tensors

/// Decides whether an approximated graph is acceptable.
struct Jury {
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
        others = try truth.map {
            try ApproximationError(
                of: graph, on: halves.fit, truth: halves.fitRows($0), threads: threads)
        }
    }

    /// The error of a graph on the samples that judge; nil if it is more than a part of the budget, or if the loss of answers on all
    /// samples could be more than the budget by one standard error.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    func acceptedError(of graph: Graph, share: Double = 1) throws -> Double? {
        let (error, answers) = try judge.judgement(of: graph)
        guard error <= budget * share else { return nil }
        guard let answers, let others = try others?.judgement(of: graph).answers else {
            return error
        }
        let all = answers + others
        return all.loss + all.standardError <= budget ? error : nil
    }
}
