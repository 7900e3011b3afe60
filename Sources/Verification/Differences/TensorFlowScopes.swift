/// Reads the names that TensorFlow's converter gives to tensors: paths of the graph that it was given.
///
///     mobilenet_1/conv1_relu_1/Relu6;mobilenet_1/conv1_bn_1/FusedBatchNormV3;mobilenet_1/conv1_1/convolution
///
/// The first path is that of the operation that made the elements, the rest are merged into it.
enum TensorFlowScopes {
    /// Whether the operation that made a tensor belongs to a layer.
    ///
    /// - Parameter layer: the path of the layer through nested models.
    static func name(_ tensor: String, belongsTo layer: String) -> Bool {
        let parts = tensor.prefix { $0 != ";" }.split(separator: "/")
        let path = layer.split(separator: "/")
        guard !path.isEmpty, parts.count >= path.count else { return false }
        return (0...(parts.count - path.count)).contains { start in
            zip(parts[start...], path).allSatisfy(isScope)
        }
    }

    /// Whether a part of a path is that of a layer; Keras 3 and repeated calls add numbers.
    private static func isScope(_ part: Substring, of name: Substring) -> Bool {
        guard part.hasPrefix(name) else { return false }
        let rest = part.dropFirst(name.count)
        return rest.isEmpty || (rest.first == "_" && rest.dropFirst().allSatisfy(\.isNumber))
    }
}
