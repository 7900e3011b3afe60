extension Problem {
    /// The kinds of problems, grouped by what a caller can do about them.
    package enum Kind: Sendable, Equatable {
        /// A file cannot be opened, read or written.
        ///
        /// `reason` is the system's text.
        case fileAccess(FileAction, reason: String)
        /// A file was written to or replaced while it was read.
        case fileChanged
        /// A file is not what it has to be.
        ///
        /// `what` names the format or part, `reason` the fault.
        case malformed(what: String, reason: String)
        /// A file ends early, or an offset in it points outside.
        case truncated(what: String)
        /// A file is not one of a Keras model.
        ///
        /// `what` names it with its article (`a TFLite model`), `remedy` is the way to a file that can be converted.
        case foreignFile(what: String, remedy: Remedy)
        /// The work would take more than the caller or the machine allows.
        ///
        /// `what` is the part of the work that would.
        case overBudget(Excess, what: String)
        /// A size or count is beyond what can be handled.
        case tooLarge(what: String, value: String)

        /// A configuration field is missing.
        case missingField(String)
        /// A configuration field has a value that cannot be right.
        case invalidField(String, value: String, expected: String)
        /// The layers refer to each other or to missing layers in a way that does not make a graph.
        case brokenTopology(String)

        /// A layer class this program does not know.
        ///
        /// `definition` (`my_package>Norm=BatchNormalization`) takes it for the one of Keras that has its fields.
        case unknownLayer(nearest: String?, definition: String? = nil)
        /// A known layer that cannot be converted as configured.
        ///
        /// `what` is the reason, `remedy` a way out.
        case unsupported(what: String, remedy: Remedy)

        /// The weights hold nothing for a layer.
        case missingWeights(expected: String, nearest: String?)
        /// The weights of a layer have another shape or number.
        case mismatchingWeights(expected: String, found: String)
        /// The weights file holds layers that the model lacks.
        case unusedWeights(String)

        /// Shapes or dtypes do not fit together.
        case invalidShape(String)
        /// An invariant of the graph is broken; `pass` names the last rewriting step.
        case invalidGraph(String, pass: String?)
        /// Something went wrong that no rule foresees.
        case internalFault(String)
        /// An operator cannot be written to or run from a TFLite file.
        case unsupportedOperator(name: String, reason: OperatorFault)
        /// A tensor of a TFLite file has elements that this program cannot hold.
        case unsupportedTensor(name: String, elementType: String)

        /// A value given by the caller is wrong: an option, an input name, an array.
        case invalidArgument(String, remedy: Remedy)
        /// The written file computes something else than the model.
        case verificationFailed(VerificationFault)
        /// A quantized file agrees too little with its model.
        case accuracyLost(output: String, layer: String?, agreement: String)
        /// The caller cancelled the work.
        case cancelled
    }

    /// What is needed, and what is allowed in all.
    package enum Excess: Sendable, Equatable {
        /// Bytes in memory.
        case memory(needed: Int, limit: Int)
        /// Simple operations on one element.
        case steps(needed: Int, limit: Int)
        /// Bytes of a file to be written.
        case file(needed: Int, limit: Int)
        /// Seconds.
        case time(limit: Double)
    }

    /// Why a written file is not accepted as the model.
    package enum VerificationFault: Sendable, Equatable {
        /// An output differs by more than rounding explains, starting at a layer if it is known.
        case output(String, error: String, layer: String?)
        /// A layer differs by more than rounding explains, but no output does.
        case layer(String, error: String)
        /// An output differs, and rounding drowns all that a layer computes.
        case rounding(output: String?, error: String?, layer: String)
    }

    /// Why an operator cannot be written or run.
    package enum OperatorFault: Sendable, Equatable, ExpressibleByStringInterpolation {
        /// It does not take elements of this type.
        case elementType(String)
        /// It does not take integers that stand for real numbers.
        case quantizedElements
        /// Anything else, in words.
        case reason(String)

        package init(stringLiteral value: String) { self = .reason(value) }
    }

    /// What was tried with a file.
    package enum FileAction: String, Sendable, Equatable {
        case open, read, write, create, replace
    }
}
