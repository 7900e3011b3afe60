import Problems
import Tensors

/// What apps are told of a file besides its graph: the table that a file holds as metadata of the name `TFLITE_METADATA`.
///
/// Format: `metadata_schema.fbs` of TensorFlow Lite Support. Fields for speech, bounding boxes, texts and scores that are
/// computed again are not read.
package struct ModelMetadata: Sendable, Equatable {
    /// The name of the entry in `TFLiteModel.metadata`.
    package static let entryName = "TFLITE_METADATA"
    /// The four characters at byte 4 of the table.
    package static let identifier = "M001"

    /// The name of the model.
    package var name: String?
    /// What the model is, for people.
    package var description: String?
    /// The version of the model.
    package var version: String?
    /// What belongs to each subgraph; in practice one.
    package var subgraphs: [SubgraphMetadata] = []
    /// The author of the model.
    package var author: String?
    /// The license of the model.
    package var license: String?
    /// Files that belong to the whole model.
    package var files: [AssociatedFile] = []
    /// The oldest version of the reader that understands all of it.
    package var parserVersion: String?

    /// No fields.
    package init() {}

    /// The table as a file holds it.
    ///
    /// - Throws: `Problem.Kind.tooLarge` if a number does not fit its field.
    package func bytes() throws -> [UInt8] {
        FlatImage(root: try TableEncoder.root(of: self), identifier: Self.identifier).bytes
    }

    /// Reads a table.
    ///
    /// - Throws: `Problem.Kind.malformed` or `truncated`.
    package init(_ bytes: [UInt8]) throws {
        guard bytes.dropFirst(4).prefix(4).elementsEqual(Self.identifier.utf8) else {
            throw Problem(
                .malformed(
                    what: Self.entryName, reason: "bytes 4 to 7 are not \(Self.identifier)"))
        }
        let storage = TensorStorage(byteCount: bytes.count)
        storage.mutableBytes.copyBytes(from: bytes)
        self = try TableDecoder.root(
            Self(), UnsafeRawBufferPointer(storage.mutableBytes), owner: storage)
    }
}

extension ModelMetadata: SchemaTable {
    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("name", &name)
        try visitor.visit("description", &description)
        try visitor.visit("version", &version)
        try visitor.visit("subgraph_metadata", &subgraphs, of: SubgraphMetadata())
        try visitor.visit("author", &author)
        try visitor.visit("license", &license)
        try visitor.visit("associated_files", &files, of: AssociatedFile(name: ""))
        try visitor.visit("min_parser_version", &parserVersion)
    }
}

/// What apps are told of a graph.
package struct SubgraphMetadata: Sendable, Equatable, SchemaTable {
    /// The name, for people.
    package var name: String?
    /// What it computes, for people.
    package var description: String?
    /// One for each input, in the order of the file.
    package var inputs: [TensorMetadata] = []
    /// One for each output, in the order of the file.
    package var outputs: [TensorMetadata] = []

    /// No fields.
    package init() {}

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("name", &name)
        try visitor.visit("description", &description)
        try visitor.visit("input_tensor_metadata", &inputs, of: TensorMetadata())
        try visitor.visit("output_tensor_metadata", &outputs, of: TensorMetadata())
    }
}

/// A file that a table refers to by its name in the archive behind the model.
package struct AssociatedFile: Sendable, Equatable, SchemaTable {
    /// What a file is for.
    package enum Purpose: Int8, SchemaEnum {
        case unknown = 0
        case descriptions = 1
        /// A name for each position along the last axis, one in a line.
        case axisLabels = 2
        case valueLabels = 3
        case scoreCalibration = 4
        case vocabulary = 5
        case index = 6
    }

    /// The name in the archive.
    package var name: String?
    /// What it is, for people.
    package var description: String?
    /// What it is for.
    package var purpose: Purpose

    /// A file.
    package init(name: String, description: String? = nil, purpose: Purpose = .unknown) {
        self.name = name
        self.description = description
        self.purpose = purpose
    }

    mutating func visitFields(_ visitor: inout some FieldVisitor) throws {
        try visitor.visit("name", &name)
        try visitor.visit("description", &description)
        try visitor.visit("type", &purpose)
    }
}
