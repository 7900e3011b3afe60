/// How recurrences are written.
package enum RecurrentForm: String, Sendable, CaseIterable {
    /// The form that the target runs fastest.
    case auto
    /// One operator for a whole sequence.
    case fused
    /// A loop over the steps.
    case `while`
    /// The operators of every step, one after the other.
    case unroll
}
