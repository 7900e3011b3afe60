import KerasFormat
import Problems
import Tensors

/// The arrays of one layer in the object layout, in the order of Keras' `layer.weights`.
enum ObjectArrays {
    /// The objects inside layers in the order of their weights.
    ///
    /// Multi-head attention of Keras 2 and grouped-query attention write an underscore first.
    private static let order = [
        "forward_layer", "backward_layer", "layer", "cell", "cells", "layers",
        "_layer_checkpoint_dependencies", "query_dense", "key_dense", "gate_dense", "value_dense",
        "output_dense",
    ]

    /// All arrays of a layer as they are stored, or with quantized kernels restored if there are too many for `specs`.
    static func arrays(
        of object: StoredObject, as layer: LayerDescription?, for specs: some Collection<WeightSpec>
    ) -> [StoredWeight] {
        let stored = arrays(of: object, as: layer, isTable: nil)
        if stored.count <= specs.count { return stored }
        let restored = arrays(of: object, as: layer, isTable: specs.contains { $0.kind == .table })
        guard restored.count == specs.count else { return restored }
        return zip(restored, specs).map { $0.unfolded(to: $1.shape) }
    }

    /// All arrays of a layer: its own, then those of the layers in it.
    ///
    /// Wrappers that have arrays of their own list them last, without those of their layer that they keep a second time.
    ///
    /// - Parameter isTable: whether the layer's kernel is a table with a row for each index, if it is quantized and is to be
    ///   restored.
    private static func arrays(
        of object: StoredObject, as layer: LayerDescription?, isTable: Bool?
    ) -> [StoredWeight] {
        let names = object.members.keys.sorted { (rank($0), $0) < (rank($1), $1) }
        let inner = names.flatMap { name -> [StoredWeight] in
            guard let member = object.members[name] else { return [] }
            if name == "cells" { return cells(member, of: layer, isTable) }
            let described =
                layer?.wrapped(name) ?? (name.hasSuffix("_layer") ? layer?.wrapped("layer") : nil)
            return arrays(of: member, as: described, isTable: isTable)
        }
        let own =
            isTable.map { isTable in
                restored(object.variables, of: layer, isTable: isTable)
            } ?? object.variables
        switch layer?.className {
        case "SpectralNormalization": return inner + own.dropFirst()
        case "PruneLowMagnitude": return inner + own.dropFirst(own.count / 3)
        case "ClusterWeights", "ClusterWeightsRNN": return inner + own
        case "QuantizeWrapperV2", "QuantizeWrapper": return QuantizedWrapper.arrays(own, inner)
        case "WeightNormalization":
            let copies = object.members["_naked_clone_layer"].map {
                arrays(of: $0, as: nil, isTable: isTable)
            }
            return Array(own.prefix(2) + inner.dropLast(copies?.count ?? 0) + own.dropFirst(2))
                + (copies ?? [])
        default: return own + inner
        }
    }

    /// The variables of one object with a kernel as real numbers, whichever way it is stored.
    private static func restored(
        _ variables: [StoredWeight], of layer: LayerDescription?, isTable: Bool
    ) -> [StoredWeight] {
        let all = Float8Kernel.restored(variables)
        let packed = PackedKernel.restored(all, isTable: isTable)
        if packed.count < all.count { return packed }
        let grouped = GroupedKernel.restored(all)
        if grouped.count < all.count { return grouped }
        let quantizer = layer?.config["quantization_config"]?["config"]?["activation_quantizer"]
        return QuantizedKernel.restored(all, isTable: isTable, roundsInputs: quantizer != .null)
    }

    private static func rank(_ name: String) -> Int {
        let plain =
            name.hasPrefix("_") && order.contains(String(name.dropFirst()))
            ? String(name.dropFirst()) : name
        return order.firstIndex(of: plain) ?? order.count
    }

    /// The arrays of stacked cells, whose groups are named after their classes.
    private static func cells(
        _ object: StoredObject, of layer: LayerDescription?, _ isTable: Bool?
    ) -> [StoredWeight] {
        var counts: [String: Int] = [:]
        let described = layer?.wrapped.filter { $0.role == "cells" }.map(\.layer) ?? []
        return described.flatMap { cell -> [StoredWeight] in
            let base = ObjectNaming.base(ofClass: cell.className)
            let index = counts[base, default: 0]
            counts[base] = index + 1
            return object.members[ObjectNaming.name(base, index)].map {
                arrays(of: $0, as: cell, isTable: isTable)
            } ?? []
        }
    }
}

extension StoredWeight {
    /// A kernel that was stored as a matrix in the extents that the layer has.
    fileprivate func unfolded(to expected: Shape) -> StoredWeight {
        guard shape.rank == 2, expected.rank > 2, expected.isStatic,
            expected.elementCount == shape.elementCount
        else { return self }
        var weight = StoredWeight(name: name, shape: expected, elementType: elementType) {
            try constant().reshaped(expected)
        }
        weight.expansion = expansion
        return weight
    }
}
