import Problems
import Tensors

/// The arrays of each layer.
package struct WeightAssignment: Sendable {
    /// The arrays of each layer that expects some, in the order of its specs.
    package var weights: [LayerPath: [Constant]]
    /// What is odd but harmless: layers of the file that the model lacks.
    package var warnings: [Problem]

    /// The arrays of the layer at `path`; empty for a layer that expects none.
    package subscript(path: LayerPath) -> [Constant] { weights[path] ?? [] }
}

/// Finds the arrays of layers in a weights file.
///
/// Layers of the outermost model are found by name. If a name is missing or the arrays do not fit, all layers with
/// weights are paired with those of the file in order, as Keras does by default; this takes equal counts and shapes.
/// A shape is never bent to fit. Files in the object layout are matched by `ObjectMatching`.
package enum WeightMatcher {
    /// The arrays of all `requests`, which come in the order of the model's layers.
    ///
    /// - Throws: `Problems` with every layer whose arrays are missing or do not fit: what was expected and found, and
    ///   the nearest candidate.
    package static func match(
        _ requests: [WeightRequest], with store: StoredWeights
    ) throws -> WeightAssignment {
        if let objects = store.objects {
            return try locating(file: store.file) {
                try ObjectMatching.match(requests, with: objects)
            }
        }
        let store =
            store.keras1Model.map { Keras1Weights(requests).converted(store, for: $0) } ?? store
        let units = WeightUnit.units(of: requests)
        let stored = store.layers.filter { !$0.weights.isEmpty }
        let pairing = WeightPairing(units: units, stored: stored)
        guard let pairs = pairing.complete else {
            throw Problems(pairing.problems.map { $0.inFile(store.file) })
        }
        var weights: [LayerPath: [Constant]] = [:]
        try locating(file: store.file) {
            for (path, arrays) in pairs.flatMap({ $0.arrays }) {
                weights[path] = try locating(layer: path.description) {
                    try arrays.map { try $0.constant() }
                }
            }
        }
        if store.backend == "theano" { TheanoKernels.reverse(&weights, of: requests) }
        let used = Set(pairs.map { $0.storedIndex })
        let unused = stored.indices.filter { !used.contains($0) }.map { stored[$0].name }
        let warnings =
            unused.isEmpty
            ? []
            : [Problem(.unusedWeights(unused.joined(separator: ", ")), file: store.file)]
        return WeightAssignment(weights: weights, warnings: warnings)
    }
}
