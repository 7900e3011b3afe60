/// Kernels that Keras 3 computes with as 8-bit floats and stores as 32-bit ones.
enum Float8Kernel {
    /// The variables of one object without the scales and the history that rounding needs.
    static func restored(_ variables: [StoredWeight]) -> [StoredWeight] {
        guard variables.count > 6 else { return variables }
        let companions = variables.suffix(6)
        let isScale = companions.enumerated().allSatisfy { index, weight in
            weight.shape.rank == index % 2
        }
        guard isScale else { return variables }
        return [variables[0].expanding(.roundedFloats)] + variables.dropFirst().dropLast(6)
    }
}
