import Foundations
import GraphIR
import Problems
import TensorFiles
import Tensors

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Samples in the files of a folder, read when they are needed: images, or arrays with one sample each.
struct FolderSamples: SampleSource {
    private let files: [String]
    private let images: ImageScale
    private let check: SampleCheck
    private let type: TensorType

    var count: Int { files.count }

    /// All images and `.npy` files of a folder and of the folders in it, in the order of their names.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if there are none, or if the graph has several inputs.
    init(_ folder: String, for graph: Graph, images: ImageScale) throws {
        guard graph.inputs.count == 1 else {
            throw Problem(
                .invalidArgument(
                    "a folder holds samples for one input, the model has \(graph.inputs.count)",
                    remedy: "Give a .npz file with an array for each input."), file: folder)
        }
        let port = graph.inputs[0]
        type = graph[port.value].type
        guard (type.shape.dims.first ?? 1) <= 1 else {
            throw Problem(
                .invalidArgument(
                    "files of one sample do not fill a batch of \(type.shape[0])",
                    remedy: "Give a .npz file, or leave out \(.batch)."), file: folder)
        }
        let endings = ["png", "jpg", "jpeg", "npy"]
        let names = try locating(file: folder) {
            do {
                return try FileManager.default.subpathsOfDirectory(atPath: folder)
            } catch {
                throw Problem(.fileAccess(.read, reason: "\(error)"))
            }
        }
        files = names.filter { name in endings.contains { name.lowercased().hasSuffix(".\($0)") } }
            .sorted().map { "\(folder)/\($0)" }
        // They are opened on other threads, which do not know the log.
        for file in files { FileLog.current?.add(file) }
        self.images = images
        check = SampleCheck(port.name, type)
        guard !files.isEmpty else {
            throw Problem(
                .invalidArgument(
                    "the folder holds no images and no arrays",
                    remedy: "Give a folder of .png, .jpg or .npy files."), file: folder)
        }
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        let path = files[index]
        return try locating(file: path) {
            if path.lowercased().hasSuffix(".npy") {
                return [try check.fitted(TensorFile.read(path)[0].tensor.tensor)]
            }
            return [try check.fitted(images.array(path, channels: channels))]
        }
    }

    private var channels: Int {
        let last = type.shape.dims.last ?? 3
        return type.shape.rank == 4 && [1, 3, 4].contains(last) ? last : 1
    }
}
