import Foundations
import KConvert
import KerasFormat

/// Reads a text as JSON, and as the architecture of a model.
enum JSONTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = try? limits.apply { try JSONParser.parse(UnsafeRawBufferPointer(bytes)) }
        let source = ModelSource(.bytes(Array(bytes), name: "model.json"))
        _ = try? Inspection(of: source, options: options)
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        JSONMutator.mutated(bytes, &generator)
    }
}
