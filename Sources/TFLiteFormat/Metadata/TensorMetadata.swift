/// What apps are told of an input or output.
package struct TensorMetadata: Sendable, Equatable, SchemaTable {
    /// The name.
    package var name: String?
    /// What it holds, for people.
    package var description: String?
    /// What it holds, for programs.
    package var content: TensorContent?
    /// What apps do with data before they are an input, or with an output.
    package var processing: [ProcessUnit] = []
    /// The ranges of the values.
    package var statistics: ValueStatistics?
    /// Files that belong to it, such as names of classes.
    package var files: [AssociatedFile] = []

    /// No fields.
    package init() {}

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("name", &name)
        try visitor.visit("description", &description)
        visitor.skip()
        try visitor.visit("content", &content, of: TensorContent())
        try visitor.visit("process_units", &processing, of: ProcessUnit())
        try visitor.visit("stats", &statistics, of: ValueStatistics())
        try visitor.visit("associated_files", &files, of: AssociatedFile(name: ""))
    }
}

/// What a tensor holds.
package struct TensorContent: Sendable, Equatable, SchemaTable {
    /// The properties of what it holds; nil if they are not stated or not known here.
    package var properties: ContentProperties?

    /// A content.
    package init(_ properties: ContentProperties? = nil) {
        self.properties = properties
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitUnion("content_properties", &properties)
    }
}

/// The union of kinds of contents.
package enum ContentProperties: Sendable, Equatable, SchemaUnion {
    /// Numbers without a meaning of their own.
    case features
    case image(ImageProperties)

    var tag: UInt8 {
        switch self {
        case .features: 1
        case .image: 2
        }
    }

    var isWritable: Bool { true }

    static func defaults(tag: UInt8) -> ContentProperties? {
        switch tag {
        case 1: .features
        case 2: .image(ImageProperties())
        default: nil
        }
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        guard case .image(var image) = self else { return }
        try image.visitFields(&visitor)
        self = .image(image)
    }
}

/// Properties of an image.
package struct ImageProperties: Sendable, Equatable, SchemaTable {
    /// What channels are.
    package enum ColorSpace: Int8, SchemaEnum {
        case unknown = 0
        case rgb = 1
        case grayscale = 2
    }

    /// Width and height in pixels.
    package struct Size: Sendable, Equatable, SchemaTable {
        package var width: Int
        package var height: Int

        package init(width: Int = 0, height: Int = 0) {
            self.width = width
            self.height = height
        }

        mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
            try visitor.visitIndex("width", &width)
            try visitor.visitIndex("height", &height)
        }
    }

    /// What channels are.
    package var colorSpace: ColorSpace
    /// The size that the model takes; nil if it takes any.
    package var size: Size?

    /// The properties of an image.
    package init(_ colorSpace: ColorSpace = .unknown, size: Size? = nil) {
        self.colorSpace = colorSpace
        self.size = size
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("color_space", &colorSpace)
        try visitor.visit("default_size", &size, of: Size())
    }
}

/// A step between the data of an app and a tensor.
package struct ProcessUnit: Sendable, Equatable, SchemaTable {
    /// What is done; nil for steps that are not known here.
    package var options: ProcessOptions?

    /// A step.
    package init(_ options: ProcessOptions? = nil) {
        self.options = options
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visitUnion("options", &options)
    }
}

/// The union of steps, of which one is known: (x − mean) / deviation, by channel or with one number each.
package struct ProcessOptions: Sendable, Equatable, SchemaUnion {
    package var mean: [Float]
    package var deviation: [Float]

    /// A normalization.
    package init(mean: [Float] = [], deviation: [Float] = []) {
        self.mean = mean
        self.deviation = deviation
    }

    var tag: UInt8 { 1 }

    var isWritable: Bool { true }

    static func defaults(tag: UInt8) -> ProcessOptions? { tag == 1 ? ProcessOptions() : nil }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("mean", &mean)
        try visitor.visit("std", &deviation)
    }
}

/// The largest and least values, by channel or for all together.
package struct ValueStatistics: Sendable, Equatable, SchemaTable {
    package var largest: [Float]
    package var least: [Float]

    /// A range.
    package init(largest: [Float] = [], least: [Float] = []) {
        self.largest = largest
        self.least = least
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("max", &largest)
        try visitor.visit("min", &least)
    }
}
