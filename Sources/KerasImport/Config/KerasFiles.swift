import Problems
import Tensors

/// What model files hold: a description and weights.
package struct KerasFiles: Sendable {
    /// The layers and their calls.
    package let model: ModelDescription
    /// The weights.
    package let weights: WeightStore

    /// Reads a model from one or two files, whose formats are told by content.
    ///
    /// - Parameters:
    ///   - architecture: an architecture in JSON, or a whole model in HDF5.
    ///   - weights: the weights in HDF5; nil takes them from the whole model.
    /// - Throws: `Problem` with the file filled in; `invalidArgument` where the files are swapped or one is missing.
    package static func open(
        architecture: String, weights: String? = nil
    ) throws -> KerasFiles {
        let first = try ModelFile(path: architecture)
        let second = try weights.map { try ModelFile(path: $0) }
        switch (first.content, second?.content) {
        case (.wholeModel(let file), nil):
            return KerasFiles(model: try first.model(), weights: try LegacyWeights.read(file))
        case (.architecture, .weights(let file)?), (.architecture, .wholeModel(let file)?),
            (.wholeModel, .weights(let file)?), (.wholeModel, .wholeModel(let file)?):
            return KerasFiles(model: try first.model(), weights: try LegacyWeights.read(file))
        case (.architecture, nil):
            throw Problem(
                .invalidArgument(
                    "this is an architecture without weights",
                    remedy: "Give the weights file (.h5) as the second file."),
                file: architecture)
        case (.weights, nil):
            throw Problem(
                .invalidArgument(
                    "this holds weights without an architecture",
                    remedy: "Give the architecture (.json) as the first file and this one as the "
                        + "second, or a whole model saved with model.save()."),
                file: architecture)
        case (.weights, .architecture?), (.weights, .wholeModel?):
            throw Problem(
                .invalidArgument(
                    "this holds weights, and the second file the architecture",
                    remedy: "Give the architecture first and the weights second."),
                file: architecture)
        case (.weights, .weights?):
            throw Problem(
                .invalidArgument(
                    "both files hold weights and none an architecture",
                    remedy: "Give the architecture (.json) first."),
                file: architecture)
        case (_, .architecture?):
            throw Problem(
                .invalidArgument(
                    "this is an architecture where weights are expected",
                    remedy: "Give the weights file (.h5) as the second file."),
                file: weights)
        }
    }
}
