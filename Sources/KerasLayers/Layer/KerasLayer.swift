import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// One Keras layer class, or a tight family of classes that share their code.
///
/// A layer reads its configuration once, says which weights it has for given inputs, and builds its part of the graph for
/// each call. It is listed in `LayerCatalog`.
package protocol KerasLayer: Sendable {
    /// The class names under which files know the layer.
    static var classNames: [String] { get }

    /// What `Documentation/SupportedLayers.md` says about the classes.
    static var support: LayerSupport { get }

    /// Whether a configuration is of these classes, if Keras has classes of their names, too.
    static func recognizes(_ config: LayerConfig) -> Bool

    /// Reads the configuration.
    ///
    /// - Throws: `Problem` if a field is missing or wrong, or asks for what cannot be converted.
    init(config: LayerConfig, context: LayerContext) throws

    /// Whether integer inputs stay integers; all others are cast to float.
    var acceptsIntegers: Bool { get }

    /// Whether inputs may be complex numbers, which `GraphBuilder.isComplex` tells.
    var acceptsComplex: Bool { get }

    /// Whether the mask of the first input is also the mask of the output.
    var passesMask: Bool { get }

    /// Whether the layer works on the last axis alone, so that it takes inputs with any number of axes before it.
    var actsOnLastAxis: Bool { get }

    /// How Keras 1 stored the layer's arrays.
    var keras1Storage: Keras1Storage { get }

    /// The names of the tensors that the layer is called on, in order, if calls may give them by name.
    var inputNames: [String] { get }

    /// The weights in Keras' order, for inputs of these types.
    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec]

    /// The weights in Keras' order for a call on inputs of these types, if they depend on more than the types.
    func weightSpecs(for inputs: [TensorType], in call: CallContext) throws -> [WeightSpec]

    /// Adds the layer's operations for one call and returns its outputs.
    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID]

    /// The mask of the outputs, `[N, steps]` of bool; nil if every step counts.
    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID?
}

extension KerasLayer {
    package static var support: LayerSupport { .unstated }

    package static func recognizes(_ config: LayerConfig) -> Bool { true }

    package var acceptsIntegers: Bool { false }

    package var acceptsComplex: Bool { false }

    package var passesMask: Bool { false }

    package var actsOnLastAxis: Bool { false }

    package var keras1Storage: Keras1Storage { .plain }

    package var inputNames: [String] { [] }

    package func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] { [] }

    package func weightSpecs(
        for inputs: [TensorType], in call: CallContext
    ) throws -> [WeightSpec] {
        try weightSpecs(for: inputs)
    }

    package func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        passesMask ? call.masks.first ?? nil : nil
    }
}

/// Makes layers from descriptions; `LayerCatalog.maker` knows those of Keras.
package struct LayerMaker: Sendable {
    /// The layer of a context.
    let make: @Sendable (LayerContext) throws -> any KerasLayer
    /// Whether a name is that of a layer class.
    let isClass: @Sendable (String) -> Bool
}
