import Foundations
import HDF5Files

/// Checks an HDF5 file and, if it passes, reads all of it with libhdf5.
enum HDF5Target: FuzzTarget {
    private static let attributes = [
        "layer_names", "weight_names", "model_config", "keras_version", "backend",
    ]
    private static let deepestGroup = 8
    private static let mostMembers = 64
    private static let mostElements = 1 << 20

    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        limits.apply { read(bytes) }
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let mapped = try? MappedFile(copying: Array(bytes), name: "fuzz.h5"),
            let file = try? HDF5File(mapped)
        else { return }
        read(file, "", depth: 0)
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        HDF5Mutator.mutated(bytes, &generator)
    }

    private static func read(_ file: HDF5File, _ path: String, depth: Int) {
        for attribute in attributes { _ = try? file.strings(attribute: attribute, of: path) }
        guard depth < deepestGroup, let members = try? file.members(of: path) else { return }
        for member in members.prefix(mostMembers) {
            let inner = path.isEmpty ? member.name : "\(path)/\(member.name)"
            if member.isGroup {
                read(file, inner, depth: depth + 1)
            } else if let dataset = try? file.dataset(inner),
                dataset.shape.elementCount < mostElements
            {
                _ = try? dataset.constant().doubles()
            }
        }
    }
}
