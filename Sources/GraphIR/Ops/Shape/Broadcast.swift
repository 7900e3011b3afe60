import Tensors

/// The input repeated along its axes of extent 1, and new ones in front, up to `shape`.
package struct Broadcast: PlainOperation {
    package static let kind = OpKind.broadcast
    package var shape: [Int]

    package init(_ shape: [Int]) {
        self.shape = shape
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("shape", &shape)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let target = Shape(shape)
        try Check.require(
            shape.allSatisfy { $0 >= 0 } && Shape.broadcast(inputs[0].shape, target) == target,
            "\(Self.name): \(inputs[0].shape) does not fit \(target)")
        return [TensorType(inputs[0].dtype, target)]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let dims = inputs[0].shape.dims
        let missing = shape.count - dims.count
        let origins = shape.indices.map { axis -> AxisMap.Origin in
            guard axis >= missing else { return .none }
            let own = axis - missing
            return dims[own] == shape[axis] ? .same(own) : .changed(own)
        }
        return AxisMap(origins, layout: .fixed, rank: dims.count)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { true }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
