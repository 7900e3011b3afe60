import Foundations
import KConvert

/// Converts a whole model in an `.h5` file, with verification.
enum ModelTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        convert(ModelSource(.bytes(Array(bytes), name: "model.h5")))
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        HDF5Mutator.mutated(bytes, &generator)
    }

    /// Converts a model in memory on one thread.
    static func convert(_ source: ModelSource) {
        var options = ConversionOptions()
        options.threads = 1
        options.limits = limits
        _ = try? Converter(options).convert(source)
    }
}
