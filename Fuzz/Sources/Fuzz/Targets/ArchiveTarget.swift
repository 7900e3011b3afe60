import Foundations
import KConvert

/// Converts a `.keras` archive, with verification.
enum ArchiveTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        ModelTarget.convert(ModelSource(.bytes(Array(bytes), name: "model.keras")))
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        ZipMutator.mutated(bytes, &generator) { name, contents, generator in
            if name.hasSuffix(".json") { return JSONMutator.mutated(contents, &generator) }
            return name.hasSuffix(".h5") ? HDF5Mutator.mutated(contents, &generator) : nil
        }
    }
}
