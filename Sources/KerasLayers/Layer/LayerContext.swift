import Foundations
import KerasFormat
import Problems

/// What a layer has to know beside its configuration.
package struct LayerContext: Sendable {
    /// The layer as the file describes it.
    package let description: LayerDescription
    /// The version of Keras that wrote the file.
    package let version: KerasVersion
    /// The layers and activations of the caller's own.
    let custom: CustomObjects
    /// Makes the layers inside this one.
    let maker: LayerMaker
    /// The number of layers around this one.
    private var depth = 0

    private static let largestDepth = 32

    package init(
        _ description: LayerDescription, version: KerasVersion,
        custom: CustomObjects = CustomObjects(), maker: LayerMaker
    ) {
        self.description = description
        self.version = version
        self.custom = custom
        self.maker = maker
    }

    /// This context with the class for which the layer's own stands, if the caller says so.
    func known() -> LayerContext {
        var context = LayerContext(
            custom.known(description), version: version, custom: custom, maker: maker)
        context.depth = depth
        return context
    }

    /// The context of a layer inside this one.
    ///
    /// - Throws: `Problem.Kind.tooLarge` for layers that contain themselves.
    func nested(_ inner: LayerDescription) throws -> LayerContext {
        guard depth < Self.largestDepth else {
            throw Problem(.tooLarge(what: "the depth of layers in layers", value: "\(depth + 1)"))
        }
        var context = LayerContext(inner, version: version, custom: custom, maker: maker)
        context.depth = depth + 1
        return context
    }

    /// The Keras class.
    var className: String { description.className }

    /// The generation of Keras that wrote the file.
    var generation: KerasVersion.Generation { version.generation }

    /// The number of spatial axes of the layer's class, which is one of a family.
    func spatialRank(_ ranks: KeyValuePairs<String, Int>) -> Int {
        ranks.first { $0.key == className }?.value ?? 2
    }

    /// The layer that this one wraps under a field of its configuration.
    func wrappedLayer(_ role: String) throws -> any KerasLayer {
        guard let inner = description.wrapped(role) else { throw Problem(.missingField(role)) }
        return try maker.make(nested(inner))
    }

    /// The layer that a JSON object in the configuration describes.
    func layer(_ json: JSONValue) throws -> any KerasLayer {
        try maker.make(nested(ModelParser(version: version).layer(json)))
    }
}
