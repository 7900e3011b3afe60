import TensorFlowFiles

/// Formats that their first bytes tell.
extension ForeignFormat {
    /// The format of bytes that begin with a signature.
    static func bySignature(_ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        if bytes.dropFirst(4).starts(with: "TFL3".utf8) {
            return ForeignFormat(
                "a TFLite model",
                "It needs no conversion; look into it with \(.inspection), and run it with \(.running)."
            )
        }
        if bytes.dropFirst(257).starts(with: "ustar".utf8) { return packed("a tar archive") }
        if SortedTable.hasSignature(bytes) {
            return ForeignFormat(
                "the index of a TensorFlow checkpoint",
                "Give the path of the checkpoint, so that its data are found beside it: weights.ckpt.index"
            )
        }
        if isSafetensors(bytes) {
            return ForeignFormat("a safetensors file: weights without a graph", exporter)
        }
        return signatures.first { bytes.starts(with: $0.bytes) }?.format
    }

    private static let signatures: [(bytes: [UInt8], format: ForeignFormat)] = [
        ([0x80, 0x02, 0x8A, 0x0A], ForeignFormat("a PyTorch file", exporter)),
        ([0x80, 0x02], pickle), ([0x80, 0x03], pickle), ([0x80, 0x04], pickle),
        ([0x80, 0x05], pickle),
        (Array("GGUF".utf8), ForeignFormat("a GGUF file: weights without a graph", exporter)),
        (
            [0x93] + Array("NUMPY".utf8),
            ForeignFormat(
                "an array of NumPy",
                "Set the arrays in Python with model.set_weights(…) and save model.save('model.keras')."
            )
        ),
        ([0x1F, 0x8B], packed("a file packed with gzip")),
        (Array("BZh".utf8), packed("a file packed with bzip2")),
        ([0xFD] + Array("7zXZ".utf8), packed("a file packed with xz")),
        ([0x28, 0xB5, 0x2F, 0xFD], packed("a file packed with zstd")),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], packed("a 7z archive")),
        (Array("Rar!".utf8), packed("a RAR archive")),
        (Array("PK\u{5}\u{6}".utf8), packed("an empty zip archive")),
        (Array("MATLAB 5".utf8), ForeignFormat("a MATLAB file", exporter)),
    ]

    private static func packed(_ name: String) -> ForeignFormat {
        ForeignFormat(name, "Unpack it and give the file of the model inside.")
    }

    /// Whether there is the length of a header, and a header in JSON.
    private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 10, bytes[8] == UInt8(ascii: "{"), bytes[9] == UInt8(ascii: "\"") else {
            return false
        }
        let count = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        return count > 1 && count <= UInt64(bytes.count - 8)
    }
}
