import Foundations
import Problems

/// The ways in which people name a checkpoint of TensorFlow.
///
///     weights.ckpt                        as they called save_weights; no such file exists
///     weights.ckpt.index                  the index
///     weights.ckpt.data-00000-of-00001    the data
///     folder, folder/checkpoint           the newest checkpoint in a folder
enum CheckpointPath {
    /// The path of the checkpoint without endings; nil if `path` does not name one.
    ///
    /// - Throws: `Problem` if a list of checkpoints names none that lies beside it.
    static func stem(of path: String) throws -> String? {
        if path.hasSuffix(".index") { return String(path.dropLast(".index".count)) }
        if let data = dataStem(of: path) { return data }
        if FileStatus.isFile(path + ".index"), !FileStatus.isFile(path) { return path }
        let name = path.split(separator: "/").last ?? ""
        if name == "checkpoint", FileStatus.isFile(path) { return try newest(in: path) }
        if FileStatus.isFolder(path), FileStatus.isFile(path + "/checkpoint") {
            return try newest(in: path + "/checkpoint")
        }
        return nil
    }

    private static func dataStem(of path: String) -> String? {
        let ending = path.suffix(".data-00000-of-00001".count)
        let numbers = ending.dropFirst(".data-".count)
        guard ending.hasPrefix(".data-"), numbers.dropFirst(5).hasPrefix("-of-"),
            numbers.prefix(5).allSatisfy(\.isNumber), numbers.suffix(5).allSatisfy(\.isNumber)
        else { return nil }
        return String(path.dropLast(ending.count))
    }

    /// The checkpoint that the text file `checkpoint` calls the newest; its folder may have been moved since.
    private static func newest(in list: String) throws -> String {
        let file = try MappedFile(path: list)
        let text = withExtendedLifetime(file) {
            String(decoding: file.bytes.prefix(1 << 16), as: UTF8.self)
        }
        let key = "model_checkpoint_path: \""
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix(key) }
        guard let stated = line?.dropFirst(key.count).split(separator: "\"").first,
            let name = stated.split(whereSeparator: { "/\\".contains($0) }).last
        else {
            throw Problem(
                .malformed(
                    what: "list of TensorFlow checkpoints",
                    reason: "'model_checkpoint_path' is missing"), file: list)
        }
        return String(list.dropLast("checkpoint".count)) + name
    }
}
