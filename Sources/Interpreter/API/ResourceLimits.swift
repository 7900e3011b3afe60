import Foundations

/// How much memory, work and time a piece of work may take.
///
/// Files can ask for anything: a configuration of 1 KB for tensors of a terabyte, an archive of 35 KB for 10 GB of contents. Work
/// that would exceed a limit ends with an error that names the file or the layer. Limits have no other effect on results.
public struct ResourceLimits: Sendable {
    /// The most bytes that are held at a time, besides mapped files and the weights that are being written; nil for three
    /// quarters of the machine's memory, but no more than 4 GB or 32 times the size of the inputs.
    public var memory: Int?
    /// The most steps, each a simple operation on one element of about a nanosecond; nil for 20 billion and 1000 for each byte of
    /// the inputs.
    ///
    /// Each run of a `.tflite` file may take as many.
    public var steps: Int?
    /// The most seconds of wall time, looked at between operators; nil for any.
    public var seconds: Double?

    /// The limits that follow from the inputs and the machine.
    public init() {}

    /// Runs `body` under these limits, which hold for everything of this package that it calls.
    ///
    ///     let outputs = try limits.apply { try LiteModel(contentsOf: path).predict(inputs) }
    public func apply<Result>(_ body: () throws -> Result) rethrows -> Result {
        try ResourceBudget(.init(bytes: memory, steps: steps, seconds: seconds)).apply(body)
    }
}
