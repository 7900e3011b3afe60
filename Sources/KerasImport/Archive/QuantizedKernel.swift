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
            let axis = axis(of: scale.shape, in: kernel.shape, rows: rows)
        else { return variables }
        let real = StoredWeight(name: kernel.name, shape: kernel.shape) {
            let factors = try scale.constant().doubles().map { 1 / $0 }
            return try kernel.constant().cast(to: .float32).scaled(by: factors, axis: axis)
        }
        return [real] + variables.dropFirst().dropLast()
    }

    /// The axis of the kernel that the scale runs along; nil where there is no single one.
    private static func axis(of scale: Shape, in kernel: Shape, rows: Bool) -> Int? {
        let axis: Int?
        if scale.rank == 1 {
            axis = rows ? 0 : kernel.rank - 1
        } else if scale.rank == kernel.rank {
            let long = scale.dims.indices.filter { scale.dims[$0] > 1 }
            axis = long.count == 1 ? long.first : nil
        } else {
            axis = nil
        }
        guard let axis, kernel.dims.indices.contains(axis),
            kernel.dims[axis] == scale.elementCount
        else { return nil }
        return axis
    }
}
