import Archives
import Foundation
import TestSupport
import Tensors
import Testing

/// A recorded model in a temporary folder, converted with the command.
struct Converted {
    let folder: URL
    /// The path of the architecture without ending.
    let stem: String

    /// The written file.
    var model: String { path("model.tflite") }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Converts a model of the repository and hands it to `body`.
    static func with(
        _ stem: String, options: [String] = [], _ body: (Converted) throws -> Void
    ) throws {
        try Repository.withTemporaryFolder { folder in
            let full = Repository.root.appending(path: stem).path
            let converted = Converted(folder: folder, stem: full)
            let run = try CommandRun(
                [full + ".json", full + ".h5", "-o", converted.model] + options)
            try #require(run.exitCode == 0, "\(run.standardError)")
            try body(converted)
        }
    }

    /// Runs the file with these options and returns what was printed.
    func run(_ options: [String]) throws -> CommandRun { try CommandRun(["run", model] + options) }

    /// An array recorded with the model.
    func recorded(_ name: String) throws -> Tensor {
        try Converted.array(name, in: stem + ".npz")
    }

    /// An array of a `.npz` file.
    static func array(_ name: String, in path: String) throws -> Tensor {
        try #require(try NPZ.read(path: path).first { $0.name == name }?.array)
    }

    /// Writes an array as a `.npy` file of the folder and returns its path.
    func write(_ array: Tensor, to name: String) throws -> String {
        try Data(NPY.write(array)).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Writes a text file of the folder and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }
}

/// Whether two arrays have one shape and equal elements up to rounding.
func isClose(_ a: Tensor, _ b: Tensor) -> Bool {
    a.shape == b.shape
        && Difference(Constant(a).doubles(), Constant(b).doubles()).absolute < 1e-4
}
