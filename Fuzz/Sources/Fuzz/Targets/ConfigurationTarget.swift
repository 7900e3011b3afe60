import Foundations
import KConvert

/// Converts an architecture in JSON with weights, with verification; the JSON is mutated.
///
/// An input is the text of the architecture, a NUL, and an HDF5 file.
enum ConfigurationTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
        ModelTarget.convert(
            ModelSource(
                .bytes(Array(bytes[..<end]), name: "model.json"),
                weights: .bytes(Array(bytes[end...].dropFirst()), name: "weights.h5")))
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        guard let end = bytes.firstIndex(of: 0),
            let text = JSONMutator.mutated(Array(bytes[..<end]), &generator)
        else { return nil }
        return text.filter { $0 != 0 } + bytes[end...]
    }
}
