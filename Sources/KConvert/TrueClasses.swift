import Problems
import TensorFiles

/// The true classes of samples.
enum TrueClasses {
    /// The true class of each sample: a number, or the greatest of a row of scores.
    ///
    /// - Parameters:
    ///   - name: the array in the file of the samples.
    ///   - count: how many samples there are.
    /// - Throws: `Problem.Kind.invalidArgument` if there is no such array, or it does not hold a class for each sample.
    static func read(
        _ name: String, of samples: CalibrationSamples?, count: Int
    ) throws -> [Int] {
        guard let path = samples?.path, path.lowercased().hasSuffix(".npz") else {
            throw Problem(
                .invalidArgument(
                    "true classes are read from the file of the samples",
                    remedy: "Give the samples as a .npz file that holds the array '\(name)'."))
        }
        let arrays = try TensorFile.read(path)
        guard let array = arrays.first(where: { $0.name == name })?.tensor else {
            throw Problem(
                .invalidArgument(
                    "there is no array '\(name)' with true classes; the file holds "
                        + arrays.map(\.name).sorted().joined(separator: ", "),
                    remedy: "Name the array of true classes."), file: path)
        }
        let classes = array.classes
        guard classes.count == count, count > 0 else {
            throw Problem(
                .invalidArgument(
                    "'\(name)' holds \(classes.count) classes for \(count) samples",
                    remedy: "Give one class for each sample."), file: path)
        }
        return try classes.enumerated().map { row, number in
            guard let number else {
                throw Problem(
                    .invalidArgument(
                        "'\(name)' holds \(array.doubles[row]), which is not a class",
                        remedy: "Number the classes from 0."), file: path)
            }
            return number
        }
    }
}
