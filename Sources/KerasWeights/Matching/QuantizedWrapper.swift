/// Arrays of the quantization wrappers of tensorflow-model-optimization in archives.
///
/// A wrapper lists the trainable arrays of its layer, the kernels that it rounds a second time, the number of the training step, and the
/// ends of ranges. The layer in it lists its arrays without those kernels.
enum QuantizedWrapper {
    /// The arrays as Keras lists them in other files: those of the layer, the step, the ends of ranges.
    ///
    /// - Parameters:
    ///   - own: what the wrapper lists.
    ///   - inner: what its layer lists.
    static func arrays(_ own: [StoredWeight], _ inner: [StoredWeight]) -> [StoredWeight] {
        let step = own.firstIndex { $0.shape.rank == 0 } ?? own.count
        let (trainable, rest) = (own[..<step], own[step...])
        // A normalization has further arrays that are not trained, and no kernels.
        if inner.count > trainable.count { return inner + rest }
        let kernels = (trainable.count - inner.count) / 2
        return Array(trainable.dropLast(kernels)) + rest
    }
}
