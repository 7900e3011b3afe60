/// How a constant leaves out blocks of zeros.
///
/// The axes of the tensor and those of its blocks are walked one inside the other. The stored elements are those that
/// the walk meets.
package struct TFLiteSparsity: Sendable, Equatable {
    /// How one axis is walked.
    package enum Level: Sendable, Equatable {
        /// All positions of an axis of this size.
        case dense(Int)
        /// The positions `indices[segments[n]..<segments[n + 1]]` at the n-th place of the levels around.
        case sparse(segments: [Int], indices: [Int])
    }

    /// The axes from the outermost level to the innermost; numbers from the rank on are axes of blocks.
    package var traversalOrder: [Int]
    /// The axis of the tensor that each axis of blocks divides.
    package var blockMap: [Int]
    /// The levels, in the order of the walk.
    package var levels: [Level]

    package init(
        traversalOrder: [Int] = [], blockMap: [Int] = [], levels: [Level] = []
    ) {
        self.traversalOrder = traversalOrder
        self.blockMap = blockMap
        self.levels = levels
    }
}
