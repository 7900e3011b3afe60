import Tensors

/// Kernels that Keras 3 stores as 8-bit integers with a scale: kernel, bias if there is one, scale.
enum QuantizedKernel {
    /// The variables of one object, a quantized kernel replaced by a view of its real values and the scale left out.
    ///
    ///     real = stored / scale
    ///
    /// - Parameters:
    ///   - isTable: whether each row has a scale, as in embeddings, instead of each element of the last axes.
    ///   - roundsInputs: whether the layer rounds what it multiplies by the kernel, too.
    static func restored(
        _ variables: [StoredWeight], isTable: Bool, roundsInputs: Bool
    ) -> [StoredWeight] {
        guard variables.count == 2 || variables.count == 3, let kernel = variables.first,
            kernel.elementType == .int8, let scale = variables.last,
            fits(scale.shape, kernel.shape, isTable: isTable)
        else { return variables }
        let real = StoredWeight(name: kernel.name, shape: kernel.shape) {
            let factors = try scale.constant().doubles().map { 1 / $0 }
            let stored = try kernel.constant().cast(to: .float32)
            let rows = isTable ? factors.count : kernel.shape.elementCount / factors.count
            let shape: Shape = [rows, kernel.shape.elementCount / rows]
            let axis = isTable ? 0 : 1
            let grid = IntegerGrid(
                .file(roundsInputs: roundsInputs), bits: 8, axes: axis..<axis + 1, of: shape,
                steps: factors)
            return stored.reshaped(shape).scaled(by: factors, axis: axis).onGrid(grid)
                .reshaped(kernel.shape)
        }
        return [real] + variables.dropFirst().dropLast()
    }

    /// Whether the scale runs along the rows, or along the last axes apart from leading extents of 1.
    private static func fits(_ scale: Shape, _ kernel: Shape, isTable: Bool) -> Bool {
        guard kernel.elementCount > 0, scale.elementCount > 0 else { return false }
        if isTable { return scale.dims == [kernel.dims.first ?? 1] }
        let own = scale.dims.drop { $0 == 1 }
        return own.count <= kernel.rank && Array(kernel.dims.suffix(own.count)) == Array(own)
    }
}
