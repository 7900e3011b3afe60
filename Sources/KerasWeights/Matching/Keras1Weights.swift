import KerasFormat
import Problems
import Tensors

/// Brings the arrays of Keras 1 to the number, order and layouts of Keras 2.
///
/// Done for each layer of the file, because the arrays of a gate are stored one by one. The arrays of nested models are told
/// apart by the names of their layers.
enum Keras1Weights {
    /// The store with converted arrays, for a model that Keras 1 wrote.
    ///
    /// Keras 1 does not state what it computed with. TensorFlow's names of arrays end with `:0`, those of Theano do not.
    static func converted(_ store: WeightStore, for model: ModelDescription) throws -> WeightStore {
        let layers = Dictionary(
            model.layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let stored = store.layers.filter { !$0.weights.isEmpty }
        let byName = stored.allSatisfy { layers[$0.name] != nil }
        let weighted = model.layers.filter { hasWeights($0) }
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

    private static func converted(
        _ weights: [StoredWeight], of layer: LayerDescription
    ) -> [StoredWeight] {
        guard let model = layer.model ?? layer.distributedModel else {
            return Keras1Arrays.converted(weights, of: layer)
        }
        let leaves = leaves(of: model)
        var arrays: [String: [StoredWeight]] = [:]
        for weight in weights {
            let owner = leaves.map(\.name).filter { weight.name.hasPrefix($0 + "_") }
                .max { $0.count < $1.count }
            guard let owner else { return weights }
            arrays[owner, default: []].append(weight)
        }
        var seen: Set<String> = []
        return leaves.filter { seen.insert($0.name).inserted }.flatMap { leaf in
            Keras1Arrays.converted(arrays[leaf.name] ?? [], of: leaf).map {
                $0.renamed("\(leaf.name)/\($0.role)")
            }
        }
    }

    private static func leaves(of model: ModelDescription) -> [LayerDescription] {
        model.layers.flatMap { layer in
            (layer.model ?? layer.distributedModel).map { leaves(of: $0) } ?? [layer]
        }
    }

    /// Whether a layer has weights, for files whose names are not those of the model.
    private static func hasWeights(_ layer: LayerDescription) -> Bool {
        if let model = layer.model { return model.layers.contains { hasWeights($0) } }
        let classes: Set<String> = [
            "Dense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "SeparableConv2D",
            "LocallyConnected1D", "LocallyConnected2D", "LSTM", "GRU", "SimpleRNN", "ConvLSTM2D",
            "BatchNormalization", "SampleNormalization", "Embedding", "PReLU", "Highway",
            "MaxoutDense", "SReLU", "ParametricSoftplus",
        ]
        return classes.contains(layer.className) || layer.wrapped.contains { hasWeights($0.layer) }
    }
}

/// The arrays of one layer of Keras 1.
private enum Keras1Arrays {
    /// The arrays as Keras 2 would store them, named by role.
    static func converted(
        _ weights: [StoredWeight], of layer: LayerDescription
    ) -> [StoredWeight] {
        let format = layer.config["data_format"]?.string
        let isTheano = format == "channels_first"
        switch layer.className {
        case "Conv1D": return kernels(weights) { Keras1Kernel.row($0, filters: filters(of: layer)) }
        case "Conv2D" where isTheano: return kernels(weights) { $0.permuting([2, 3, 1, 0]) }
        case "Conv3D" where isTheano: return kernels(weights) { $0.permuting([2, 3, 4, 1, 0]) }
        case "Conv2DTranspose":
            return kernels(weights) { $0.permuting(isTheano ? [2, 3, 0, 1] : [0, 1, 3, 2]) }
        case "SeparableConv2D" where isTheano:
            return weights.map { $0.shape.rank == 4 ? $0.permuting([2, 3, 1, 0]) : $0 }
        case "LSTM" where weights.count == 12:
            return Keras1Gates.joined(weights, order: [0, 2, 1, 3])
        case "ConvLSTM2D" where weights.count == 12:
            let last =
                isTheano
                ? weights.map { $0.shape.rank == 4 ? $0.permuting([2, 3, 1, 0]) : $0 } : weights
            return Keras1Gates.joined(last, order: [0, 2, 1, 3])
        case "GRU" where weights.count == 9:
            return Keras1Gates.joined(weights, order: [0, 1, 2])
        case "Highway" where weights.count == 4 && weights[1].shape.rank == 1:
            return [0, 2, 1, 3].map { weights[$0] }
        case "Bidirectional", "TimeDistributed":
            return wrapped(weights, of: layer)
        default:
            return named(weights)
        }
    }

    /// The arrays in a wrapper: one layer's, or those of the forward layer and then of the backward one.
    private static func wrapped(
        _ weights: [StoredWeight], of layer: LayerDescription
    ) -> [StoredWeight] {
        guard let inner = layer.wrapped("layer"), inner.model == nil else { return weights }
        guard layer.className == "Bidirectional" else { return converted(weights, of: inner) }
        let half = weights.count / 2
        return converted(Array(weights[..<half]), of: inner)
            + converted(Array(weights[half...]), of: inner)
    }

    private static func filters(of layer: LayerDescription) -> Int? { layer.config["filters"]?.int }

    /// The first array changed, the others as they are.
    private static func kernels(
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
    static func row(_ kernel: StoredWeight, filters: Int?) -> StoredWeight {
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

    /// The array with its axes reordered; as it is where it has another rank.
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
