import HDF5Files
import Problems
import Tensors

/// Reading of the object layout.
enum ObjectLayout {
    /// How deep groups may be nested.
    private static let maximumDepth = 40
    /// The most groups that are read.
    private static let maximumCount = 1 << 18

    /// Whether a file has the object layout and not the one with names of layers.
    static func isUsed(by file: HDF5File) throws -> Bool {
        guard try file.strings(attribute: "layer_names", of: "") == nil,
            !file.contains("model_weights")
        else { return false }
        return ["_layer_checkpoint_dependencies", "layers", "vars"].contains {
            file.contains($0)
        }
    }

    /// The model in `files`, the shards of one whole; all but its optimizer.
    static func read(_ files: [HDF5File]) throws -> StoredObject {
        var root = StoredObject(path: "")
        var count = 0
        for file in files {
            try locating(file: file.path) {
                try add(to: &root, from: file, depth: 0, count: &count)
            }
        }
        return root
    }

    private static func add(
        to object: inout StoredObject, from file: HDF5File, depth: Int, count: inout Int
    ) throws {
        count += 1
        guard depth < maximumDepth, count <= maximumCount else {
            throw Problem(.tooLarge(what: "the tree of groups", value: "\(count) groups"))
        }
        for (name, isGroup) in try file.members(of: object.path) where isGroup {
            let path = object.path.isEmpty ? name : object.path + "/" + name
            if name == "vars" {
                object.variables += try variables(at: path, of: file)
            } else if depth > 0 || name != "optimizer" {
                var member = object.members[name] ?? StoredObject(path: path)
                try add(to: &member, from: file, depth: depth + 1, count: &count)
                object.members[name] = member
            }
        }
    }

    /// The datasets of a group by number; those with other names follow.
    private static func variables(at path: String, of file: HDF5File) throws -> [StoredWeight] {
        let names = try file.members(of: path).filter { !$0.isGroup }.map(\.name)
        let order = names.map { Int($0) ?? Int.max }
        return try names.indices.sorted { (order[$0], $0) < (order[$1], $1) }.map { index in
            let name = path + "/" + names[index]
            let dataset = try file.dataset(name)
            return StoredWeight(
                name: name, shape: dataset.shape, elementType: dataset.elementType,
                load: dataset.constant)
        }
    }
}
