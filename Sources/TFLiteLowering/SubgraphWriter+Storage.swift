import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// Values that are stored in another form than their type.
extension SubgraphWriter {
    /// A tensor for the elements of a value, in the form in which they are stored.
    func addTensor(for value: Value, name: String) throws -> TensorIndex {
        guard value.storage != .expressed else {
            if let constant = value.constant { return tensor(for: constant, name: name) }
            let index = addTensor(value.type, name: name)
            if let placeholders { setShape(placeholders.shape(of: value), of: index) }
            return index
        }
        return try addStored(
            value.shape, as: value.storage, name: name,
            constant: value.constant?.stored(as: value.storage))
    }
}

extension NodeLowering {
    /// How the elements of a value are stored.
    func storage(of value: ValueID) -> Storage { writer.graph[value].storage }

    /// A tensor between two operators for elements of the first input, stored as they are there.
    func step(ofElements shape: Shape, role: String) throws -> TensorIndex {
        let storage = storage(of: node.inputs[0])
        guard storage != .expressed else {
            return step(TensorType(inputType(0).dtype, shape), role: role)
        }
        return try writer.addStored(shape, as: storage, role: role, layer: layer)
    }

    /// A constant scalar among elements of the first input, stored as they are there.
    func scalar(amongElements value: Double, role: String) throws -> TensorIndex {
        let storage = storage(of: node.inputs[0])
        let number = Tensor(dtype: .float64, shape: .scalar, copying: [value])
        let constant = Constant(number, as: inputType(0).dtype)
        guard storage != .expressed else { return parameter(constant, role: role) }
        return try writer.addStored(
            .scalar, as: storage, role: role, layer: layer,
            constant: constant.stored(as: storage))
    }
}

extension TFLiteQuantization {
    /// The parameters of a storage; nil for floats.
    init?(_ storage: Storage) {
        guard case .integer(_, _, let parameters) = storage else { return nil }
        self.init(
            scale: parameters.scales, zeroPoint: parameters.zeroPoints.map(Int64.init),
            quantizedDimension: parameters.axis ?? 0)
    }
}
