/// How the outputs of an operation change if its inputs are scaled and shifted: what lets a factor or a bias move past it.
package enum Linearity: Sendable, Equatable {
    /// Linear in input 0 with the weights of input 1 and, if there is an input 2, that bias.
    case filter(FilterAxes)
    /// Linear in each of two inputs while the other stays the same; inputs broadcast.
    case bilinear
    /// Linear in input 0 alone: f(s·x, y) = s·f(x, y).
    case linear
    /// Linear in input 0 alone for factors that are not negative.
    case homogeneous
    /// Linear in all inputs together: f(s·x + t, s·y) = s·f(x, y) + t; inputs broadcast.
    case sum
    /// Each result is an element of input 0, so that a scale and a shift pass.
    case selection
    /// Each result is an element of one of the inputs.
    case joining
    /// Each result is a weighted mean of elements of input 0, so that a scale and a shift pass.
    case mean
    /// Each result is the largest or the smallest of some elements of input 0: a shift and a scale that is not negative pass.
    case extremum
    /// Any function of the elements at the same place of all inputs.
    case elementwise
    /// Nothing passes, or nothing is known.
    case opaque

    /// Whether every result is a mean or a choice of elements of input 0, and so lies between them.
    package var staysBetweenInputs: Bool {
        self == .selection || self == .mean || self == .extremum
    }
}

/// The axes of the weights of a convolution or matrix product.
package struct FilterAxes: Sendable, Hashable {
    /// The axis that runs over output channels.
    package var output: Int
    /// The axis that runs over input channels (of one group); equal to `output` if each channel has filters of its own.
    package var input: Int
    /// Whether some result misses part of the filter, or reads padding in its place, so that a constant input does not give
    /// a constant output.
    package var meetsBorder: Bool

    package init(output: Int, input: Int, meetsBorder: Bool) {
        self.output = output
        self.input = input
        self.meetsBorder = meetsBorder
    }
}
