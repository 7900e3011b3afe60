import Tensors

/// Changes element types.
extension GraphWriter {
    /// The elements as another type; the same type adds nothing.
    package func cast(_ x: ValueID, to dtype: DType) throws -> ValueID {
        if self.dtype(of: x) == dtype { return x }
        return try add(.cast(Cast(to: dtype)), [x])
    }

    /// x as 32-bit floats.
    package func floating(_ x: ValueID) throws -> ValueID {
        dtype(of: x).isFloat ? x : try cast(x, to: .float32)
    }

    /// x as elements of a type; floats of any width become float32, and truth values tell what differs from 0.
    package func converted(_ x: ValueID, to type: DType) throws -> ValueID {
        if type == .bool { return try truth(x) }
        return try cast(x, to: type.isFloat ? .float32 : type)
    }

    /// x as truth values: whether it differs from 0.
    package func truth(_ x: ValueID) throws -> ValueID {
        dtype(of: x) == .bool ? x : try binary(.notEqual, x, 0)
    }

    /// The inputs as one type: float if any of them, or the caller, is.
    package func commonType(_ inputs: [ValueID], float: Bool) throws -> [ValueID] {
        let types = Set(inputs.map { dtype(of: $0) })
        if types.count == 1, !float || types.allSatisfy(\.isFloat) { return inputs }
        let target: DType = float || types.contains { $0.isFloat } ? .float32 : .int32
        return try inputs.map { try cast($0, to: target) }
    }
}
