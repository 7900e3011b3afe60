import Tensors

/// Kernels that Keras 3 stores as 8-bit integers with a scale: kernel, bias where there is one, scale.
enum QuantizedKernel {
    /// The variables of one object, a quantized kernel replaced by its real values and the scale left out.
    ///
    ///     real = stored / scale
    ///
    /// - Parameter rows: whether the scale belongs to the rows, as in embeddings, and not to the last axis.
    static func restored(_ variables: [StoredWeight], rows: Bool) -> [StoredWeight] {
        guard variables.count == 2 || variables.count == 3, let kernel = variables.first,
            kernel.elementType == .int8, let scale = variables.last,
            fits(scale.shape, kernel.shape, rows: rows)
        else { return variables }
        let real = StoredWeight(name: kernel.name, shape: kernel.shape) {
            let scales = try scale.constant().doubles()
            let values = try kernel.constant().doubles()
            let length = values.count / max(scales.count, 1)
            return Constant(
                values.indices.map {
                    values[$0] / scales[rows ? $0 / length : $0 % scales.count]
                }, kernel.shape)
        }
        return [real] + variables.dropFirst().dropLast()
    }

    /// Whether the scale runs along the rows, or along the last axes apart from leading extents of 1.
    private static func fits(_ scale: Shape, _ kernel: Shape, rows: Bool) -> Bool {
        guard kernel.elementCount > 0, scale.elementCount > 0 else { return false }
        if rows { return scale.dims == [kernel.dims.first ?? 1] }
        let own = scale.dims.drop { $0 == 1 }
        return own.count <= kernel.rank && Array(kernel.dims.suffix(own.count)) == Array(own)
    }
}
