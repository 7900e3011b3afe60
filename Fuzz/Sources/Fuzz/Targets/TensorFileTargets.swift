import Foundations
import Images
import TensorFiles

/// Reads a `.npz` archive of arrays.
enum ArraysTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        withFile(bytes, ending: "npz") { _ = try TensorFile.read($0) }
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        ZipMutator.mutated(bytes, &generator) { _, contents, _ in libFuzzerMutation(contents) }
    }
}

/// Reads a `.npy` file.
enum ArrayTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        withFile(bytes, ending: "npy") { _ = try TensorFile.read($0) }
    }
}

/// Reads a table of numbers.
enum TableTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        withFile(bytes, ending: "csv") { _ = try TensorFile.read($0) }
    }
}

/// Reads a PNG or JPEG file.
enum ImageTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        withFile(bytes, ending: "png") { _ = try Image(contentsOf: $0, channels: 3) }
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        PNGMutator.mutated(bytes, &generator)
    }
}
