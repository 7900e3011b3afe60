import Problems
import Tensors

/// Kernels that Keras 3 stores as pairs of 4-bit integers in a byte, the first one in the low bits.
///
/// Pairs run along the last axis. A scale for each output divides, as that of 8-bit kernels does; scales of groups of inputs
/// come with zero points and with the group of each input, and multiply.
enum PackedKernel {
    /// The variables of one object, a packed kernel replaced by its real values and what belongs to it left out.
    ///
    /// - Parameter isTable: whether the groups divide the columns, as in embeddings, instead of the rows.
    static func restored(_ variables: [StoredWeight], isTable: Bool) -> [StoredWeight] {
        guard let kernel = variables.first, kernel.elementType == .int8, kernel.shape.rank == 2
        else {
            return variables
        }
        if let last = variables.last, variables.count <= 3, last.shape.rank == 1,
            last.shape[0] > 1, (last.shape[0] + 1) / 2 == kernel.shape[1]
        {
            let shape: Shape = [kernel.shape[0], last.shape[0]]
            let real = StoredWeight(name: kernel.name, shape: shape) {
                let scales = try last.constant().doubles()
                let grid = IntegerGrid(
                    .file(roundsInputs: false), bits: 4, axes: 1..<2, of: shape,
                    steps: scales.map { 1 / $0 })
                return try unpacked(kernel, columns: shape[1]) { _, column, integer in
                    integer / scales[column]
                }.onGrid(grid)
            }
            return [real] + variables.dropFirst().dropLast()
        }
        return groups(of: kernel, variables, isTable: isTable) ?? variables
    }

    /// A kernel whose last three companions are scales, zero points and the group of each input; nil for others.
    private static func groups(
        of kernel: StoredWeight, _ variables: [StoredWeight], isTable: Bool
    ) -> [StoredWeight]? {
        guard variables.count >= 4 else { return nil }
        let (scale, zero, group) = (
            variables[variables.count - 3], variables[variables.count - 2],
            variables[variables.count - 1]
        )
        guard scale.shape.rank == 2, zero.shape == scale.shape, zero.elementType == .int8,
            group.shape.rank == 1
        else { return nil }
        let columns = isTable ? group.shape[0] : scale.shape[1]
        guard (columns + 1) / 2 == kernel.shape[1], isTable || group.shape[0] == kernel.shape[0]
        else { return nil }
        let shape: Shape = [kernel.shape[0], columns]
        let real = StoredWeight(name: kernel.name, shape: shape) {
            let scales = try scale.constant().doubles()
            let zeros = try zero.constant().cast(to: .float32).doubles()
            let groups = try group.constant().doubles().map { Int($0) }
            let stride = scale.shape[1]
            guard groups.allSatisfy({ (0..<(isTable ? stride : scale.shape[0])).contains($0) })
            else {
                throw Problem(
                    .malformed(
                        what: "quantized kernel", reason: "a group lies outside of the scales"))
            }
            return try unpacked(kernel, columns: columns) { row, column, integer in
                let place =
                    isTable ? row * stride + groups[column] : groups[row] * stride + column
                return (integer - zeros[place]) * scales[place]
            }
        }
        return [real.expanding(.offsetBlocks)] + variables.dropFirst().dropLast(3)
    }

    /// The numbers that a function makes of the packed integers.
    private static func unpacked(
        _ kernel: StoredWeight, columns: Int, _ number: (Int, Int, Double) -> Double
    ) throws -> Constant {
        let rows = kernel.shape[0]
        let bytes = try kernel.constant().cast(to: .float32).tensor().array(of: Float.self)
        let width = kernel.shape[1]
        var values = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let byte = Int8(bytes[row * width + column / 2])
                let integer = column % 2 == 0 ? (byte << 4) >> 4 : byte >> 4
                values[row * columns + column] = Float(number(row, column, Double(integer)))
            }
        }
        return Constant(Tensor(values, [rows, columns]))
    }
}
