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
        let names = ["_layer_checkpoint_dependencies", "layers", "vars"]
        return try names.contains { file.contains($0) }
            || file.members(of: "").contains { member in
                names.contains { member.name.hasPrefix($0 + "\\") }
            }
    }

    /// The model in `files`, the shards of one whole; all but its optimizer.
    static func read(_ files: [HDF5File]) throws -> StoredObject {
        var root = StoredObject(path: "")
        var count = 0
        for file in files {
            try locating(file: file.path) {
                try add(to: &root, from: file, at: "", depth: 0, count: &count)
            }
        }
        return root
    }

    /// Adds what the group at `path` of the file holds.
    private static func add(
        to object: inout StoredObject, from file: HDF5File, at path: String, depth: Int,
        count: inout Int
    ) throws {
        count += 1
        guard depth < maximumDepth, count <= maximumCount else {
            throw Problem(.tooLarge(what: "the tree of groups", value: "\(count) groups"))
        }
        for (name, isGroup) in try file.members(of: path) where isGroup {
            let inner = path.isEmpty ? name : path + "/" + name
            // Keras on Windows joins the names of groups with backslashes.
            let names = name.split(separator: "\\").map(String.init)
            guard depth > 0 || names.first != "optimizer" else { continue }
            try add(
                to: &object, under: names[...], from: file, at: inner, depth: depth, count: &count)
        }
    }

    /// Adds the group at `path` of the file as the object that `names` lead to.
    private static func add(
        to object: inout StoredObject, under names: ArraySlice<String>, from file: HDF5File,
        at path: String, depth: Int, count: inout Int
    ) throws {
        guard let name = names.first else {
            return try add(to: &object, from: file, at: path, depth: depth, count: &count)
        }
        guard depth < maximumDepth else {
            throw Problem(.tooLarge(what: "the tree of groups", value: "\(depth) levels"))
        }
        if name == "vars", names.count == 1 {
            object.variables += try variables(at: path, of: file)
            return
        }
        let inner = object.path.isEmpty ? name : object.path + "/" + name
        var member = object.members[name] ?? StoredObject(path: inner)
        try add(
            to: &member, under: names.dropFirst(), from: file, at: path, depth: depth + 1,
            count: &count)
        object.members[name] = member
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
