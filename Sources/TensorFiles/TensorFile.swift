import Archives
import Foundations
import Interpreter
import Problems
import Tensors

/// Files of tensors: NumPy's `.npz` and `.npy`, and tables of numbers.
///
///     let arrays = try TensorFile.read("test.npz")
///     let scores = try model.predict([arrays[0].tensor])
///     let bytes = try TensorFile.encode([("scores", scores[0])], as: .npz)
public enum TensorFile {
    /// A kind of file.
    public enum Format: String, Sendable, CaseIterable {
        /// NumPy's archive of named arrays.
        case npz
        /// One array of NumPy.
        case npy
        /// A line of numbers for each record.
        case csv

        /// The format that the ending of a path names; nil for other endings.
        public init?(path: String) {
            let format = Self.allCases.first { hasEnding(path, [$0.rawValue]) }
            guard let format else { return nil }
            self = format
        }
    }

    /// The tensors in a file, in its order.
    ///
    /// - Parameter path: a `.npz` or `.npy` file, or a table of numbers (`.csv`, `.tsv`, `.txt`), which is float64
    ///   `[records, columns]`.
    /// - Returns: each tensor with its name in a `.npz` file, or with the path.
    /// - Throws: `LiteModelError` if the file cannot be read or is damaged.
    public static func read(
        _ path: String
    ) throws(LiteModelError) -> [(name: String, tensor: LiteTensor)] {
        try LiteModelError.wrapping {
            let arrays =
                hasEnding(path, ["npz"])
                ? try NPZ.read(path: path) : [(name: path, array: try array(path))]
            return try arrays.map { name, array in
                guard let tensor = LiteTensor(array) else {
                    throw Problem(
                        .malformed(what: "array of numbers", reason: "'\(name)' holds texts"),
                        file: path)
                }
                return (name, tensor)
            }
        }
    }

    /// The bytes of a file with these tensors.
    ///
    /// - Throws: `LiteModelError` if there is not exactly one tensor for a format that holds one, or if the format does
    ///   not have its element type.
    public static func encode(
        _ tensors: [(name: String, tensor: LiteTensor)], as format: Format
    ) throws(LiteModelError) -> [UInt8] {
        try LiteModelError.wrapping {
            if format == .npz { return try NPZ.write(tensors.map { ($0.name, $0.tensor.tensor) }) }
            guard tensors.count == 1 else {
                throw Problem(
                    .invalidArgument(
                        "a .\(format.rawValue) file holds one array, not \(tensors.count)",
                        remedy: "Name a .npz file."))
            }
            return format == .npy
                ? try NPY.write(tensors[0].tensor.tensor) : Array(CSV.write(tensors[0].tensor).utf8)
        }
    }

    /// The array of a file that holds one.
    static func array(_ path: String) throws -> Tensor {
        try MappedFile.reading(path) { file in
            if hasEnding(path, ["csv", "tsv", "txt"]) { return try CSV.read(file.bytes) }
            guard hasEnding(path, ["npy"]) || file.bytes.first == NPY.firstByte else {
                throw Problem(
                    .invalidArgument(
                        "files of this kind cannot be read",
                        remedy: "Give a .npy, .npz, .csv, .png or .jpg file."))
            }
            return try NPY.read(file.bytes, name: path)
        }
    }
}

/// Whether the path of a file ends in one of these.
func hasEnding(_ path: String, _ endings: [String]) -> Bool {
    endings.contains { path.lowercased().hasSuffix("." + $0) }
}
