import Problems

/// The regions of a file that is to be written.
struct FileLayout {
    /// Bytes of the file that are known or made by a source; what no span covers is zero.
    enum Content {
        case bytes([UInt8])
        /// The bytes of `source` from `offset` on.
        case part(of: any BufferSource, offset: Int, count: Int)

        var byteCount: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .part(_, _, let count): count
            }
        }
    }

    /// A region of the file.
    struct Span {
        let position: Int
        let content: Content

        var end: Int { position + content.byteCount }
    }

    /// The regions, in ascending order and without overlaps.
    private(set) var spans: [Span] = []
    /// The size of the file.
    private(set) var byteCount = 0

    /// The first byte of each constant is at a multiple of this: the schema's `force_align`.
    private static let dataAlignment = 16
    /// Bytes after the last constant, for kernels that read beyond its end.
    private static let tailByteCount = 16

    /// Lays out `model`.
    ///
    /// - Parameter largestFlatBuffer: a bigger file has its constants behind the FlatBuffer.
    /// - Throws: `Problem.Kind.tooLarge` if even the tables alone are too large, and what `TableEncoder` throws.
    init(of model: TFLiteModel, largestFlatBuffer: Int) throws {
        let inside = try FileLayout(model, .inside)
        if inside.byteCount <= largestFlatBuffer {
            self = inside
            return
        }
        let marked = try model.addingMetadata(
            "buffer_location", Array("outside flatbuffers".utf8))
        self = try FileLayout(marked, .outside)
    }

    private init(_ model: TFLiteModel, _ placement: TableEncoder.Placement) throws {
        var image = FlatImage(
            root: try TableEncoder.root(of: model, placement), identifier: TFLiteWriter.identifier)
        image.align(to: Self.dataAlignment)
        var end = image.bytes.count
        var data: [Span] = []
        for field in image.bufferFields {
            guard let source = model[field.buffer].source else { continue }
            let count = source.byteCount
            let header = field.isFilePosition ? 0 : 4
            let position = (end + header).roundedUp(to: Self.dataAlignment)
            if field.isFilePosition {
                image.patch(UInt64(position), at: field.position)
            } else {
                let offset = UInt32(truncatingIfNeeded: position - header - field.position)
                image.patch(offset, at: field.position)
                let length = FlatVector([UInt32(truncatingIfNeeded: count)])
                data.append(Span(position: position - header, content: .bytes(length.bytes)))
            }
            data.append(
                Span(position: position, content: .part(of: source, offset: 0, count: count)))
            end = position + count
        }
        guard image.bytes.count <= Int(Int32.max) else {
            throw Problem(.tooLarge(what: "the tables of the model", value: "\(image.bytes.count)"))
        }
        spans = [Span(position: 0, content: .bytes(image.bytes))] + data
        byteCount = (end + Self.tailByteCount).roundedUp(to: Self.dataAlignment)
        if let trailer = try model.trailer?(byteCount) {
            spans.append(Span(position: byteCount, content: .bytes(trailer)))
            byteCount += trailer.count
        }
    }
}

extension Int {
    /// The least multiple of `alignment` that is not less than this.
    fileprivate func roundedUp(to alignment: Int) -> Int {
        (self + alignment - 1) / alignment * alignment
    }
}
