/// How many answers a change of a model made wrong and right.
struct ChangedAnswers {
    /// All answers.
    var count: Int
    /// Right before, wrong after.
    var lost = 0
    /// Wrong before, right after.
    var gained = 0

    /// The part of right answers that is lost.
    var loss: Double { Double(lost - gained) / Double(max(count, 1)) }

    /// The standard error of the loss: by how much it varies from one set of samples to another.
    var standardError: Double { Double(lost + gained).squareRoot() / Double(max(count, 1)) }

    static func + (a: ChangedAnswers, b: ChangedAnswers) -> ChangedAnswers {
        ChangedAnswers(
            count: a.count + b.count, lost: a.lost + b.lost, gained: a.gained + b.gained)
    }
}
