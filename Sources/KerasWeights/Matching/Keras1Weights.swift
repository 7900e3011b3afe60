import KerasFormat
import Tensors

/// Brings the arrays of Keras 1 to the number, order and layouts of Keras 2.
///
/// Done for each layer of the file, because the arrays of a gate are stored one by one. The arrays of nested models are told
/// apart by the names of their layers.
struct Keras1Weights {
    private let storage: [LayerPath: Keras1Storage]
    /// The layers of the outermost model that expect arrays.
    private let weighted: Set<String>

    /// - Parameter requests: what the layers of the model expect.
    init(_ requests: [WeightRequest]) {
        storage = Dictionary(
            requests.map { ($0.path, $0.keras1Storage) }, uniquingKeysWith: { first, _ in first })
        weighted = Set(requests.filter { !$0.specs.isEmpty }.compactMap(\.path.names.first))
    }

    /// The store with converted arrays, for a model that Keras 1 wrote.
    ///
    /// Keras 1 does not state what it computed with. TensorFlow's names of arrays end with `:0`, those of Theano do not.
    func converted(_ store: StoredWeights, for model: ModelDescription) -> StoredWeights {
        let layers = Dictionary(
            model.layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let stored = store.layers.filter { !$0.weights.isEmpty }
        let byName = stored.allSatisfy { layers[$0.name] != nil }
        let weighted = model.layers.filter { self.weighted.contains($0.name) }
        let isTheano =
            !stored.isEmpty
            && stored.allSatisfy { $0.weights.allSatisfy { !$0.name.contains(":") } }
        return store.replacing(
            backend: isTheano ? "theano" : store.backend,
            layers: stored.enumerated().map { index, entry in
                let layer =
                    byName
                    ? layers[entry.name]
                    : weighted.indices.contains(index) && weighted.count == stored.count
                        ? weighted[index] : nil
                guard let layer else { return entry }
                return StoredLayer(name: entry.name, weights: converted(entry.weights, of: layer))
            })
    }

    private func converted(
        _ weights: [StoredWeight], of layer: LayerDescription
    ) -> [StoredWeight] {
        let path = LayerPath([layer.name])
        guard let model = layer.model ?? layer.distributedModel else {
            return (storage[path] ?? .plain).converted(weights)
        }
        let leaves = leaves(of: model, at: path)
        var arrays: [String: [StoredWeight]] = [:]
        for weight in weights {
            let owner = leaves.map(\.name).filter { weight.name.hasPrefix($0 + "_") }
                .max { $0.count < $1.count }
            guard let owner else { return weights }
            arrays[owner, default: []].append(weight)
        }
        var seen: Set<String> = []
        return leaves.filter { seen.insert($0.name).inserted }.flatMap { leaf in
            (storage[leaf.path] ?? .plain).converted(arrays[leaf.name] ?? []).map {
                $0.renamed("\(leaf.name)/\($0.role)")
            }
        }
    }

    private func leaves(
        of model: ModelDescription, at path: LayerPath
    ) -> [(name: String, path: LayerPath)] {
        model.layers.flatMap { layer in
            let path = path.appending(layer.name)
            return (layer.model ?? layer.distributedModel).map { leaves(of: $0, at: path) }
                ?? [(layer.name, path)]
        }
    }
}

extension Keras1Storage {
    /// The arrays as Keras 2 would store them, named by role.
    fileprivate func converted(_ weights: [StoredWeight]) -> [StoredWeight] {
        switch self {
        case .kernel(let axes): return Self.kernel(weights) { $0.permuting(axes) }
        case .row(let filters):
            return Self.kernel(weights) { Keras1Kernel.row($0, filters: filters) }
        case .kernels(let axes): return weights.map { $0.permuting(axes) }
        case .gates(let order, let axes) where weights.count == order.count * 3:
            return Keras1Gates.joined(
                axes.map { axes in weights.map { $0.permuting(axes) } } ?? weights, order: order)
        case .pairs where weights.count == 4 && weights[1].shape.rank == 1:
            return [0, 2, 1, 3].map { weights[$0] }
        case .twice(let each):
            let half = weights.count / 2
            return each.converted(Array(weights[..<half])) + each.converted(Array(weights[half...]))
        case .plain, .gates, .pairs: return Self.named(weights)
        }
    }

    /// The first array changed, the others as they are.
    private static func kernel(
        _ weights: [StoredWeight], _ change: (StoredWeight) -> StoredWeight
    ) -> [StoredWeight] {
        named(weights).enumerated().map { $0 == 0 ? change($1) : $1 }
    }

    /// The arrays under the roles that the ends of their names tell.
    private static func named(_ weights: [StoredWeight]) -> [StoredWeight] {
        let roles = [
            "_running_mean": "moving_mean", "_running_std": "moving_variance", "_gamma": "gamma",
            "_beta": "beta", "_W": "kernel", "_U": "recurrent_kernel", "_b": "bias",
        ]
        return weights.map { weight in
            let end = roles.keys.filter { weight.role.hasSuffix($0) }.max { $0.count < $1.count }
            return end.flatMap { roles[$0] }.map { weight.renamed($0) } ?? weight
        }
    }
}

/// Kernels of one spatial axis, which Keras 1 stores with two.
private enum Keras1Kernel {
    /// `[length, 1, I, O]`, or `[O, I, length, 1]` up to Keras 1.0, as `[length, I, O]`.
    static func row(_ kernel: StoredWeight, filters: Int) -> StoredWeight {
        guard kernel.shape.rank == 4 else { return kernel }
        let dims = kernel.shape.dims
        let isOld = dims[3] == 1 && dims[0] == filters && (dims[1] != 1 || filters != 1)
        let ordered = isOld ? kernel.permuting([2, 3, 1, 0]) : kernel
        let target = ordered.shape.dims
        return ordered.mapping(Shape([target[0], target[2], target[3]])) {
            $0.reshaped(Shape([target[0], target[2], target[3]]))
        }
    }
}

/// Recurrent layers, whose gates Keras 1 stores one by one: kernel, recurrent kernel and bias of each.
private enum Keras1Gates {
    /// Kernel, recurrent kernel and bias of all gates side by side.
    ///
    /// - Parameter order: for each place in the result, the gate in the file. An LSTM is stored as i, c, f, o.
    static func joined(_ weights: [StoredWeight], order: [Int]) -> [StoredWeight] {
        let roles = ["kernel", "recurrent_kernel", "bias"]
        return roles.indices.compactMap { part in
            let gates = order.map { weights[$0 * 3 + part] }
            guard let shape = gates.first?.shape, gates.allSatisfy({ $0.shape == shape }),
                let width = shape.dims.last
            else { return nil }
            let joined = Shape(shape.dims.dropLast() + [width * gates.count])
            return StoredWeight(name: roles[part], shape: joined) {
                let values = try gates.map { try $0.constant().doubles() }
                let rows = width == 0 ? 0 : shape.elementCount / width
                return Constant(
                    (0..<rows).flatMap { row in
                        values.flatMap { $0[row * width..<(row + 1) * width] }
                    }, joined)
            }
        }
    }
}

extension StoredWeight {
    /// The same array under another name.
    fileprivate func renamed(_ name: String) -> StoredWeight {
        StoredWeight(name: name, shape: shape, elementType: elementType, load: constant)
    }

    /// The array with its axes reordered; as it is if it has another rank.
    fileprivate func permuting(_ axes: [Int]) -> StoredWeight {
        guard shape.rank == axes.count else { return self }
        return mapping(Shape(axes.map { shape.dims[$0] })) { $0.permuted(axes) }
    }

    fileprivate func mapping(
        _ shape: Shape, _ change: @escaping @Sendable (Constant) -> Constant
    ) -> StoredWeight {
        StoredWeight(name: name, shape: shape, elementType: elementType) {
            change(try constant())
        }
    }
}
