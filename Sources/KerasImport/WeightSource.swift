import Foundations
import GraphIR
import KerasFormat
import KerasLayers
import KerasWeights
import Problems
import Tensors

/// The weights of the layers during one run: stored ones, or zeros in a run that finds out which there are.
struct WeightSource {
    private let assignment: WeightAssignment?
    /// The weights that the layers expect.
    private var specs: [LayerPath: [WeightSpec]] = [:]

    /// - Parameter assignment: the stored weights; nil for zeros, which take no memory.
    init(_ assignment: WeightAssignment?) {
        self.assignment = assignment
    }

    /// The weights of a layer for a call on inputs of these types, as elements of the types that the layer declares.
    ///
    /// - Throws: `Problem` if other calls of the layer ask for other weights, or the stored ones do not fit.
    mutating func weights(
        of layer: any KerasLayer, at path: LayerPath, for call: CallContext, on types: [TensorType]
    ) throws -> LayerWeights {
        let expected = try layer.weightSpecs(for: types, in: call)
        for spec in expected where spec.shape.elementCount > GraphBuilder.largestElementCount {
            throw Problem(.tooLarge(what: "the weight '\(spec.role)'", value: "\(spec.shape)"))
        }
        for spec in expected {
            try ResourceBudget.current.checkFile(
                byteCount: spec.elementType.byteCount(of: spec.shape.elementCount),
                "the weight '\(spec.role)'")
        }
        if let known = specs[path], known != expected {
            throw Problem(
                .invalidShape("the layer is called on inputs that ask for different weights"))
        }
        specs[path] = expected
        guard let assignment else {
            return LayerWeights(expected, expected.map { $0.placeholder })
        }
        let stored = assignment[path]
        guard stored.count == expected.count else {
            throw Problem(
                .mismatchingWeights(
                    expected: "\(expected.count) arrays", found: "\(stored.count)"))
        }
        return LayerWeights(expected, zip(expected, stored).map { $1.cast(to: $0.elementType) })
    }

    /// The number of elements of all weights of a layer.
    func elementCount(at path: LayerPath) -> Int {
        (specs[path] ?? []).reduce(0) { $0 + $1.shape.elementCount }
    }

    /// What the matcher has to find, in the order of the model's layers.
    func requests(
        of model: ModelDescription, _ layers: LayerInstances, at path: LayerPath = LayerPath([])
    ) -> [WeightRequest] {
        model.layers.flatMap { layer -> [WeightRequest] in
            let path = path.appending(layer.name)
            if let inner = layer.model ?? layer.distributedModel {
                return requests(of: inner, layers, at: path)
            }
            guard let specs = specs[path] else { return [] }
            return [
                WeightRequest(
                    path: path, className: layer.className,
                    keras1Storage: layers.layers[path]?.keras1Storage ?? .plain,
                    isTrainable: layer.isTrainable, specs: specs)
            ]
        }
    }
}
