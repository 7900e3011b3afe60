import KerasFormat

/// What the list of supported layers says about the classes of one layer type.
package struct LayerSupport: Sendable {
    /// The generations of Keras whose files have a class.
    package typealias Generations = ClosedRange<KerasVersion.Generation>

    /// The generations whose files have the classes; nil if they are not stated.
    package let generations: Generations?
    /// The generations of single classes, if they differ.
    package let exceptions: [String: Generations]
    /// What is worth knowing, without a full stop; empty if nothing is.
    package let notes: String
    /// Why the classes are always refused; nil for those that can be converted.
    package let refusal: String?
    /// The package that the classes come from, as people install it; nil for Keras' own.
    package let package: String?

    /// Classes that can be converted.
    package init(
        _ generations: Generations, _ notes: String = "",
        exceptions: [String: Generations] = [:]
    ) {
        self.init(generations: generations, exceptions: exceptions, notes: notes)
    }

    /// Classes of another package that can be converted.
    package init(package: String, _ generations: Generations, _ notes: String = "") {
        self.init(generations: generations, notes: notes, package: package)
    }

    /// Classes that are refused.
    package init(package: String? = nil, _ generations: Generations, refusal: String) {
        self.init(generations: generations, refusal: refusal, package: package)
    }

    private init(
        generations: Generations?, exceptions: [String: Generations] = [:], notes: String = "",
        refusal: String? = nil, package: String? = nil
    ) {
        self.generations = generations
        self.exceptions = exceptions
        self.notes = notes
        self.refusal = refusal
        self.package = package
    }

    /// A layer type that says nothing.
    package static let unstated = LayerSupport(generations: nil)

    /// The generations of one class.
    func generations(of className: String) -> Generations? { exceptions[className] ?? generations }
}
