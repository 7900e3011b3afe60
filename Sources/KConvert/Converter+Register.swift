@_exported import LayerAuthoring

extension Converter {
    /// Describes a Keras layer class of your own, so that models with it convert.
    ///
    /// The code builds the subgraph of one call of the layer, with the operations of `LayerTensor`, Keras' own layers as
    /// sublayers, the configuration and the weights:
    ///
    ///     converter.register("Swish") { layer in
    ///         let beta = try layer.weight("beta", shape: [])
    ///         let x = try layer.input
    ///         return try x * (beta * x).activation("sigmoid")
    ///     }
    ///
    /// It runs several times for each call of the layer and has to do the same each time. A class that is registered
    /// replaces one of Keras' own of the same name; `Lambda` can be registered, too.
    ///
    /// - Parameters:
    ///   - className: the class, with or without the package of `register_keras_serializable` (`my_package>Swish`);
    ///     without one it stands for classes of all packages.
    ///   - passesMask: whether the mask of the first input is that of the first output, as with `supports_masking` in
    ///     Keras.
    ///   - build: returns the output of a call, or an array of them in Keras' order. What it throws becomes the error
    ///     of the conversion; throw `LayerError` for a configuration that you do not support.
    public mutating func register<Result: LayerResult>(
        _ className: String, passesMask: Bool = false,
        _ build: @escaping @Sendable (CustomLayer) throws -> Result
    ) {
        options.customLayers.register(className, passesMask: passesMask, build)
    }

    /// Describes an activation function of your own under the name that Keras saved it by.
    ///
    ///     converter.registerActivation("shifted_relu") { x in try (x - 1).activation("relu") }
    ///
    /// - Parameters:
    ///   - name: the name of the function, with or without package; it comes before Keras' own names.
    ///   - build: the function of a tensor.
    public mutating func registerActivation(
        _ name: String, _ build: @escaping @Sendable (LayerTensor) throws -> LayerTensor
    ) {
        options.customLayers.registerActivation(name, build)
    }
}
