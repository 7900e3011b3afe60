import Tensors

/// The place of a layer: the names of the models around it and its own, outermost first.
package struct LayerPath: Sendable, Hashable, CustomStringConvertible {
    /// The names; the outermost model itself has none.
    package var names: [String]

    package init(_ names: [String]) {
        self.names = names
    }

    /// The path of something called `name` inside the model or layer at this path.
    package func appending(_ name: String) -> LayerPath {
        LayerPath(names + [name])
    }

    /// The path as people write it: `encoder/block3/conv`.
    package var description: String { names.joined(separator: "/") }
}

/// One array that a layer expects.
package struct WeightSpec: Sendable, Hashable {
    /// What an array is for, if some files store arrays of its kind in another way.
    package enum Kind: Sendable {
        case plain
        /// `(k…, in, out)` of a convolution; Theano has it reversed along the spatial axes.
        case convolutionKernel
        /// A row for each index; if it is quantized, each row has a scale.
        case table
    }

    /// The name that Keras gives it inside the layer: `kernel`, `bias`, `moving_mean`.
    package var role: String
    /// The extents; `Shape.free` fits any.
    package var shape: Shape
    /// Other extents in which the array may be stored, for the layer to tell apart.
    package var alternatives: [Shape]
    /// The type of the layer's variable; stored elements of another type are cast to it, as Keras does on loading.
    ///
    /// All floats are read as `float32`.
    package var elementType: DType
    /// Whether training changes it: not for the statistics of a normalization.
    package var isTrainable: Bool
    /// What the array is for.
    package var kind: Kind
    /// Whether it belongs to a layer of the caller's own, whose arrays may lie in any order.
    package var isRegistered = false
    /// In a layer of the caller's own: the layers inside it that lead to the array, outermost first.
    package var owners: [WeightOwner] = []

    package init(
        _ role: String, _ shape: Shape, or alternatives: [Shape] = [],
        elementType: DType = .float32, isTrainable: Bool = true, kind: Kind = .plain
    ) {
        self.role = role
        self.shape = shape
        self.alternatives = alternatives
        self.elementType = elementType
        self.isTrainable = isTrainable
        self.kind = kind
    }

    /// Whether an array of these extents can be it.
    package func accepts(_ stored: Shape) -> Bool {
        ([shape] + alternatives).contains { expected in
            expected.rank == stored.rank
                && zip(expected.dims, stored.dims).allSatisfy { $0 == Shape.free || $0 == $1 }
        }
    }
}

/// The arrays that a layer expects, in the order of Keras' `layer.weights`.
package struct WeightRequest: Sendable, Hashable {
    /// The place of the layer; layers with the same first name are stored together.
    package var path: LayerPath
    /// The Keras class.
    package var className: String
    /// How Keras 1 stored the arrays.
    package var keras1Storage: Keras1Storage
    /// The layer's own flag; weights of frozen layers are listed last in nested models.
    package var isTrainable: Bool
    /// The arrays; empty for a layer without weights.
    package var specs: [WeightSpec]

    package init(
        path: LayerPath, className: String, keras1Storage: Keras1Storage = .plain,
        isTrainable: Bool = true, specs: [WeightSpec]
    ) {
        self.path = path
        self.className = className
        self.keras1Storage = keras1Storage
        self.isTrainable = isTrainable
        self.specs = specs
    }
}
