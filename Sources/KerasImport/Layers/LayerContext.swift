import Problems

/// What a layer has to know beside its configuration.
package struct LayerContext: Sendable {
    /// The layer as the file describes it.
    package let description: LayerDescription
    /// The version of Keras that wrote the file.
    package let version: KerasVersion
    /// The layers and activations of the caller's own.
    package let custom: CustomObjects
    /// The number of layers around this one.
    private var depth = 0

    private static let largestDepth = 32

    package init(
        _ description: LayerDescription, version: KerasVersion,
        custom: CustomObjects = CustomObjects()
    ) {
        self.description = description
        self.version = version
        self.custom = custom
    }

    /// The context of a layer inside this one.
    ///
    /// - Throws: `Problem.Kind.tooLarge` for layers that contain themselves.
    func nested(_ inner: LayerDescription) throws -> LayerContext {
        guard depth < Self.largestDepth else {
            throw Problem(.tooLarge(what: "the depth of layers in layers", value: "\(depth + 1)"))
        }
        var context = LayerContext(inner, version: version, custom: custom)
        context.depth = depth + 1
        return context
    }

    /// The Keras class.
    var className: String { description.className }

    /// The generation of Keras that wrote the file.
    var generation: KerasVersion.Generation { version.generation }

    /// The number of spatial axes that the class name states: 2 of `Conv2DTranspose`.
    var spatialRank: Int {
        if className.contains("1D") { return 1 }
        return className.contains("3D") ? 3 : 2
    }

    /// The layer that this one wraps under a field of its configuration.
    func wrappedLayer(_ role: String) throws -> any KerasLayer {
        guard let inner = description.wrapped(role) else { throw Problem(.missingField(role)) }
        return try LayerCatalog.makeLayer(nested(inner))
    }

    /// The layer that a JSON object in the configuration describes.
    func layer(_ json: JSONValue) throws -> any KerasLayer {
        try LayerCatalog.makeLayer(nested(ModelParser(version: version).layer(json)))
    }
}

extension KerasVersion {
    /// Whether merge layers take a step where any mask does, not where all do (from Keras 3.4 on).
    var mergesMasksByUnion: Bool { generation == .keras3 && !precedes(3, 4) }

    /// Whether models that are loaded run without the masks that the files do not state.
    var losesMasks: Bool { generation == .keras3 && precedes(3, 4) }

    /// What `RandomCrop` does outside training.
    var randomCrops: RandomCropForm {
        guard generation == .keras3, !precedes(3, 6) else { return .resized }
        return precedes(3, 8) ? .cut : .identity
    }

    /// Whether the mask that a call of attention states for its queries counts (up to Keras 3.7).
    var heedsStatedQueryMasks: Bool { generation != .keras3 || precedes(3, 8) }

    /// Whether weights of attention whose keys are all masked are 0, not equal (from Keras 3.14 on).
    var clearsMaskedWeights: Bool { generation == .keras3 && !precedes(3, 14) }

    /// Whether images are interpolated from asymmetric coordinates (Keras without TensorFlow, up to 2.3).
    var resizesAsymmetrically: Bool {
        generation == .keras2 && precedes(2, 4) && text?.hasSuffix("-tf") == false
    }
}
