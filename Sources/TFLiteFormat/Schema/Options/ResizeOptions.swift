/// Options of RESIZE_BILINEAR.
package struct ResizeBilinearOptions: OptionsTable {
    package var tag: UInt8 { 15 }

    /// Whether the corner elements of both images coincide.
    package var alignsCorners = false
    /// Whether coordinates are those of the centers of pixels.
    package var usesHalfPixelCenters = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(alignsCorners: Bool, usesHalfPixelCenters: Bool = false) {
        self.alignsCorners = alignsCorners
        self.usesHalfPixelCenters = usesHalfPixelCenters
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        visitor.skip()
        visitor.skip()
        try visitor.visit("align_corners", &alignsCorners)
        try visitor.visit("half_pixel_centers", &usesHalfPixelCenters)
    }
}

/// Options of RESIZE_NEAREST_NEIGHBOR.
package struct ResizeNearestNeighborOptions: OptionsTable {
    package var tag: UInt8 { 74 }

    /// Whether the corner elements of both images coincide.
    package var alignsCorners = false
    /// Whether coordinates are those of the centers of pixels.
    package var usesHalfPixelCenters = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(alignsCorners: Bool, usesHalfPixelCenters: Bool = false) {
        self.alignsCorners = alignsCorners
        self.usesHalfPixelCenters = usesHalfPixelCenters
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("align_corners", &alignsCorners)
        try visitor.visit("half_pixel_centers", &usesHalfPixelCenters)
    }
}
