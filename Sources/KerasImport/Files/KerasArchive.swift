import Archives
import Foundations
import HDF5Files
import KerasFormat
import Problems
import Tensors

/// A `.keras` archive, or the folder that it is when unpacked.
///
///     metadata.json        {"keras_version": …}
///     config.json          the architecture
///     model.weights.h5     the weights in the object layout
///
/// Nothing is ever written to disk. Stored weights are read where they lie in the mapped archive.
struct KerasArchive {
    /// The path of the archive or folder, as the caller named it.
    let path: String
    private let read: (String) throws -> MemoryRegion?

    /// An archive.
    ///
    /// People pack unpacked archives again, on Windows with backslashes in the names, or with the folder around them.
    ///
    /// - Throws: `Problem` if its directory is damaged, `foreignFile` if it holds something else than a Keras model.
    init(zip file: MappedFile, _ inputs: InputFiles) throws {
        let archive = try ZipArchive(file)
        path = file.path
        let names = archive.members.map { Self.plain($0.name) }
        let members = Dictionary(
            zip(names, archive.members), uniquingKeysWith: { first, _ in first })
        let isArchitecture = { (name: String) in name.split(separator: "/").last == "config.json" }
        let place = names.filter(isArchitecture).min { $0.utf8.count < $1.utf8.count }
        if place == nil, let foreign = ForeignFormat.format(ofMembers: names, isFolder: false) {
            throw foreign.problem
        }
        let folder = place?.dropLast("config.json".count) ?? ""
        read = { name in
            try members[folder + name].map { try archive.region(of: $0, inputs) }
        }
    }

    /// The path of a member as `zipfile` of Python writes it.
    private static func plain(_ name: String) -> String {
        name.split(whereSeparator: { "/\\".contains($0) }).filter { $0 != "." }
            .joined(separator: "/")
    }

    /// A folder.
    ///
    /// - Throws: `foreignFile` if it is not that of a Keras model.
    init(folder path: String, _ inputs: InputFiles) throws {
        self.path = path
        let names = try FolderListing.names(in: path)
        if !names.contains("config.json"),
            let foreign = ForeignFormat.format(ofMembers: names, isFolder: true)
        {
            throw foreign.problem.inFile(path)
        }
        read = { name in
            let file: MappedFile
            do {
                file = try MappedFile(path: path + "/" + name)
            } catch {
                return nil
            }
            inputs.add(file)
            return MemoryRegion(bytes: file.bytes, owner: file)
        }
    }

    /// The architecture, with the vocabularies that lie beside it.
    func architecture() throws -> JSONValue {
        try locating(file: path) {
            guard let region = try read("config.json") else { throw missing("config.json") }
            let architecture = try ArchitectureText.value(TextEncoding.utf8(of: region.bytes))
            if let foreign = ForeignFormat.format(of: architecture) { throw foreign.problem }
            return try AssetVocabularies.filled(architecture) { name in
                try read(name).map { String(decoding: $0.bytes, as: UTF8.self) }
            }
        }
    }

    /// The version of Keras that wrote the archive; nil if it does not say.
    func kerasVersion() throws -> String? {
        try locating(file: path) {
            guard let region = try read("metadata.json") else { return nil }
            return try JSONParser.parse(region.bytes)["keras_version"]?.string
        }
    }

    /// The weights.
    func weights() throws -> HDF5File {
        try locating(file: path) {
            if let region = try read("model.weights.h5") {
                return try HDF5File(path: path, image: region)
            }
            guard try read("model.weights.npz") == nil else {
                throw Problem(
                    .unsupported(
                        what: "weights in NumPy's format are not supported",
                        remedy: "Save the model again without weights_format='npz'."))
            }
            throw missing("model.weights.h5")
        }
    }

    private func missing(_ name: String) -> Problem {
        Problem(.malformed(what: "Keras archive", reason: "'\(name)' is missing"))
    }
}
