import Foundations
import Problems

/// Archives and folders that are not those of a Keras model.
extension ForeignFormat {
    /// The format of an archive or a folder without `config.json`, by the paths of its members.
    static func format(ofMembers names: [String], isFolder: Bool) -> ForeignFormat? {
        let what = isFolder ? "a folder" : "a zip archive"
        let files = names.map { $0.split(separator: "/").last.map(String.init) ?? "" }
        if files.contains("data.pkl") { return ForeignFormat("a PyTorch file", exporter) }
        if !files.isEmpty, files.allSatisfy({ $0.hasSuffix(".npy") }) {
            return ForeignFormat(
                "a set of NumPy arrays",
                "Set the arrays in Python with model.set_weights(…) and save model.save('model.keras')."
            )
        }
        if files.contains("Manifest.json"), names.contains(where: { $0.contains("mlmodel") }) {
            return ForeignFormat("a Core ML package", exporter)
        }
        if files.contains("saved_model.pb"), !isFolder {
            return ForeignFormat(
                "a zip archive with a SavedModel inside", "Unpack it and give the folder.")
        }
        let endings = [".keras", ".h5", ".hdf5", ".json"]
        let inside = names.indices.first { index in
            endings.contains { files[index].lowercased().hasSuffix($0) }
        }
        guard let inside else { return nil }
        return ForeignFormat(
            "\(what) with '\(names[inside])' inside",
            isFolder ? "Give the file itself." : "Unpack it and give the file inside.")
    }
}
