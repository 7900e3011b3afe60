import GraphIR
import TFLiteFormat
import Tensors

extension NodeLowering {
    /// The state variables `[batch, units]` of a recurrent operator of integers, set to what stands for 0 at each run.
    func storedStates(
        _ states: [(name: String, storage: Storage)], units: Int
    ) throws -> [TensorIndex] {
        let batch = inputType(0).shape[0]
        let zeros = batch == Shape.free ? try freeZeros(units: units) : nil
        return try states.map { name, storage in
            let state = try writer.addStored(
                [batch, units], as: storage, role: name, layer: layer, isVariable: true)
            if let zeros {
                try emit(.quantize, [zeros], to: [state])
            } else {
                try emitZeros([batch, units], as: storage, to: state)
            }
            return state
        }
    }

    /// Real zeros in as many rows as x has.
    private func freeZeros(units: Int) throws -> TensorIndex {
        let zeros = step(TensorType(.float32, [Shape.free, units]), role: "zeros")
        try emitZeros(to: zeros, units: units)
        return zeros
    }

    /// Sets a tensor to what stands for 0: by FILL, or by SLICE if the target fills no elements of this type with it.
    private func emitZeros(
        _ shape: Shape, as storage: Storage, to state: TensorIndex
    ) throws {
        func stored(_ shape: Shape, _ role: String) throws -> TensorIndex {
            try writer.addStored(
                shape, as: storage, role: role, layer: layer,
                constant: Constant(Tensor.zeros(.float32, shape)).stored(as: storage))
        }
        guard let dtype = storage.dtype, writer.target.fills(dtype) else {
            let zeros = try stored(shape, "zeros")
            return try emitSlice(
                zeros, to: state, begin: shape.dims.map { _ in 0 }, sizes: shape.dims)
        }
        let dims = integers(shape.dims, role: "dims")
        try emit(.fill, [dims, stored(.scalar, "zero")], to: [state])
    }
}
