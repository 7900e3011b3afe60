import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// Values that are stored in another form than their type.
///
/// Operators compute with floats. A stored constant lies in the file as it is stored, behind a DEQUANTIZE; a computed value
/// passes through QUANTIZE and DEQUANTIZE before anything reads it.
extension SubgraphWriter {
    /// Adds a constant in its stored form and returns the tensor of the numbers that it stands for.
    func emitStored(_ constant: Constant, as storage: Storage, name: String) throws -> TensorIndex {
        let stored = try addStored(
            constant.shape, as: storage, name: "\(name)/stored",
            constant: constant.stored(as: storage))
        return try emitStep(
            .dequantize, [stored], TensorType(constant.dtype, constant.shape),
            EmptyOptions.dequantize)
    }

    /// Rounds a computed value to its storage; later readers read the rounded one.
    func writeStorage(of id: ValueID) throws {
        let value = graph[id]
        guard case .integer = value.storage else {
            guard value.storage == .expressed else {
                throw Problem(
                    .unsupportedOperator(
                        name: "QUANTIZE", reason: "it does not round computed values to float16"))
            }
            return
        }
        let stored = try addStored(
            value.shape, as: value.storage, name: "\(value.name)/stored")
        try emit(.quantize, [try tensor(for: id)], to: [stored], EmptyOptions.quantize)
        bind(
            id,
            to: try emitStep(.dequantize, [stored], value.type, EmptyOptions.dequantize))
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
