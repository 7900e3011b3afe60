import HDF5Files
import Problems

/// Reading of the HDF5 layout of Keras 1 and 2, and of whole models in HDF5 of Keras 3: a group for each layer of the outermost model.
///
///     / or /model_weights      layer_names = [conv1, …]   keras_version   backend
///       conv1                  weight_names = [conv1/kernel:0, conv1/bias:0]
///         conv1/kernel:0       dataset
///         conv1/bias:0         dataset
///
/// Layer and weight names may contain `/`, which nests groups; objects are therefore opened by the names in the
/// attributes and never looked for.
package enum LegacyWeights {
    /// The most layers and weights that are read; names of a few bytes could lead to one group again and again.
    private static let mostNames = 1 << 17

    /// The weights of `file`.
    ///
    /// - Throws: `Problem` with the file filled in: `malformed` for missing groups, attributes and datasets,
    ///   `unsupported` for other layouts.
    package static func read(_ file: HDF5File) throws -> StoredWeights {
        try locating(file: file.path) {
            let group = try weightsGroup(of: file)
            guard let names = try file.strings(attribute: "layer_names", of: group) else {
                throw Problem(
                    .malformed(
                        what: "weights file", reason: "the attribute 'layer_names' is missing"))
            }
            var count = 0
            return StoredWeights(
                file: file.path,
                kerasVersion: try file.string(attribute: "keras_version", of: group),
                backend: try file.string(attribute: "backend", of: group),
                layers: try names.map { try layer($0, in: group, of: file, &count) })
        }
    }

    /// The path of the group that holds the layers.
    private static func weightsGroup(of file: HDF5File) throws -> String {
        if try file.strings(attribute: "layer_names", of: "") != nil { return "" }
        if file.contains("model_weights") { return "model_weights/" }
        throw Problem(
            .malformed(
                what: "weights file",
                reason: "it has neither the attribute 'layer_names' nor the group 'model_weights'"))
    }

    private static func layer(
        _ name: String, in group: String, of file: HDF5File, _ count: inout Int
    ) throws -> StoredLayer {
        let path = group + name
        guard let weightNames = try file.strings(attribute: "weight_names", of: path) else {
            throw Problem(
                .malformed(
                    what: "weights file",
                    reason: "the group '\(path)' has no attribute 'weight_names'"))
        }
        count += 1 + weightNames.count
        guard count <= mostNames else {
            throw Problem(.tooLarge(what: "the list of weights", value: "\(count) names"))
        }
        let weights = try weightNames.map { weightName in
            let dataset = try file.dataset(path + "/" + weightName)
            return StoredWeight(
                name: weightName, shape: dataset.shape, elementType: dataset.elementType,
                load: dataset.constant)
        }
        return StoredLayer(name: name, weights: weights)
    }
}
