import Foundations
import KConvert
import KerasFormat

/// Reads a text as YAML, and as the architecture of a model.
enum YAMLTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = try? limits.apply { try YAMLParser.parse(Array(bytes)) }
        let source = ModelSource(.bytes(Array(bytes), name: "model.yaml"))
        _ = try? Inspection(of: source, options: options)
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        YAMLMutator.mutated(bytes, &generator)
    }
}
