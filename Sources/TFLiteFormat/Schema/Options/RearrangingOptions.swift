/// Options of RESHAPE.
package struct ReshapeOptions: OptionsTable {
    package var tag: UInt8 { 17 }

    /// The shape of the output; one extent may be −1.
    package var newShape: [Int] = []

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(newShape: [Int]) {
        self.newShape = newShape
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("new_shape", &newShape)
    }
}

/// Options of SQUEEZE.
package struct SqueezeOptions: OptionsTable {
    package var tag: UInt8 { 30 }

    /// The axes that are dropped; empty for all of extent 1.
    package var squeezedAxes: [Int] = []

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(squeezedAxes: [Int]) {
        self.squeezedAxes = squeezedAxes
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("squeeze_dims", &squeezedAxes)
    }
}

/// Options of STRIDED_SLICE.
package struct StridedSliceOptions: OptionsTable {
    package var tag: UInt8 { 32 }

    /// Bit i: begin[i] is ignored.
    package var beginMask = 0
    /// Bit i: end[i] is ignored.
    package var endMask = 0
    /// Bit i: the i-th entry stands for all remaining axes.
    package var ellipsisMask = 0
    /// Bit i: an axis of extent 1 is inserted.
    package var newAxisMask = 0
    /// Bit i: the axis is dropped.
    package var shrinkAxisMask = 0
    /// Whether the ends count from the begins.
    package var endIsOffset = false

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(
        beginMask: Int, endMask: Int = 0, ellipsisMask: Int = 0, newAxisMask: Int = 0,
        shrinkAxisMask: Int = 0, endIsOffset: Bool = false
    ) {
        self.beginMask = beginMask
        self.endMask = endMask
        self.ellipsisMask = ellipsisMask
        self.newAxisMask = newAxisMask
        self.shrinkAxisMask = shrinkAxisMask
        self.endIsOffset = endIsOffset
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("begin_mask", &beginMask)
        try visitor.visit("end_mask", &endMask)
        try visitor.visit("ellipsis_mask", &ellipsisMask)
        try visitor.visit("new_axis_mask", &newAxisMask)
        try visitor.visit("shrink_axis_mask", &shrinkAxisMask)
        try visitor.visit("offset", &endIsOffset)
    }
}

/// Options of SPACE_TO_DEPTH.
package struct SpaceToDepthOptions: OptionsTable {
    package var tag: UInt8 { 19 }

    /// The edge length of a block.
    package var blockSize = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(blockSize: Int) {
        self.blockSize = blockSize
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("block_size", &blockSize)
    }
}

/// Options of DEPTH_TO_SPACE.
package struct DepthToSpaceOptions: OptionsTable {
    package var tag: UInt8 { 94 }

    /// The edge length of a block.
    package var blockSize = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(blockSize: Int) {
        self.blockSize = blockSize
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("block_size", &blockSize)
    }
}

/// Options of MIRROR_PAD.
package struct MirrorPadOptions: OptionsTable {
    package var tag: UInt8 { 77 }

    /// Whether the border element is repeated.
    package var mode: MirrorPadMode = .reflect

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(mode: MirrorPadMode) {
        self.mode = mode
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("mode", &mode)
    }
}

/// Options of REVERSE_SEQUENCE.
package struct ReverseSequenceOptions: OptionsTable {
    package var tag: UInt8 { 87 }

    /// The axis that is reversed.
    package var sequenceAxis = 0
    /// The axis of the sequences.
    package var batchAxis = 0

    /// The defaults of the schema.
    package init() {}

    /// All fields.
    package init(sequenceAxis: Int, batchAxis: Int = 0) {
        self.sequenceAxis = sequenceAxis
        self.batchAxis = batchAxis
    }

    package mutating func visitFields(_ visitor: inout some OptionsVisitor) throws {
        try visitor.visit("seq_dim", &sequenceAxis)
        try visitor.visit("batch_dim", &batchAxis)
    }
}
