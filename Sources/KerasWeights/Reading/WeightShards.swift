import Foundations
import HDF5Files
import KerasFormat
import Problems

/// Weights divided among several files: `x.weights.json` lists them.
///
///     {"weight_map": {"/layers/dense/vars": "x_00000.weights.h5", …}}
///
/// A group may be listed with several files. The files lie beside the list.
package enum WeightShards {
    /// The files that a list names, each once, in order of their names.
    ///
    /// - Parameters:
    ///   - path: the path of the list.
    ///   - inputs: is told the files.
    /// - Throws: `Problem` if a name is not a plain file name, or the file cannot be opened.
    package static func files(
        of list: JSONObject, at path: String, _ inputs: InputFiles
    ) throws -> [HDF5File] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        var names: Set<String> = []
        for value in list.values {
            for element in value.array ?? [value] {
                guard let name = element.string, isPlain(name) else {
                    throw Problem(
                        .invalidField(
                            "weight_map", value: element.description,
                            expected: "names of files in the same folder"),
                        file: path)
                }
                names.insert(name)
            }
        }
        return try names.sorted().map { name in
            let file = try MappedFile(path: folder + name)
            inputs.add(file)
            return try HDF5File(file)
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.contains("/")
            && !name.contains("\0")
    }
}
