/// A pair of sizes along height and width.
package struct Size2D: Sendable, Hashable {
    package var height: Int
    package var width: Int

    package init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    /// Both sizes one.
    package static let one = Size2D(1, 1)

    /// Whether no size is zero or negative.
    package var isPositive: Bool { height > 0 && width > 0 }
}

/// Sizes along depth, height and width.
package struct Size3D: Sendable, Hashable {
    package var depth: Int
    package var height: Int
    package var width: Int

    package init(_ depth: Int, _ height: Int, _ width: Int) {
        self.depth = depth
        self.height = height
        self.width = width
    }

    /// All sizes one.
    package static let one = Size3D(1, 1, 1)

    /// Whether no size is zero or negative.
    package var isPositive: Bool { depth > 0 && height > 0 && width > 0 }
}
