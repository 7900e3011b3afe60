import Tensors

/// Inputs of a model, to see which numbers its values take on.
package protocol SampleSource: Sendable {
    /// How many samples there are; at least one.
    var count: Int { get }

    /// The inputs of a sample in the graph's order, of the shapes that the graph takes.
    ///
    /// - Throws: `Problem` if they cannot be read.
    func inputs(_ index: Int) throws -> [Tensor]
}
