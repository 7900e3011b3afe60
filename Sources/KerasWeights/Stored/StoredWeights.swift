import KerasFormat
import Problems
import Tensors

/// The weights of a file, by layer.
package struct StoredWeights: Sendable {
    /// The file, as the user named it.
    package let file: String
    /// The version of Keras that wrote the file (`2.4.0`, `2.2.4-tf`); nil in files of Keras 1.
    package let kerasVersion: String?
    /// What Keras computed with (`tensorflow`, `theano`, `cntk`); nil if files do not tell.
    ///
    /// Theano stores convolution kernels reversed along their spatial axes.
    package let backend: String?
    /// The layers in the order of the file, those without weights too.
    package let layers: [StoredLayer]
    /// The model, if Keras 1 wrote the file.
    var keras1Model: ModelDescription?
    /// The weights in the layout of `.weights.h5`, which knows classes instead of names; `layers` is empty then.
    let objects: StoredModel?
    /// Whether there is no place that could hold weights.
    package private(set) var isMissing = false

    package init(file: String, kerasVersion: String?, backend: String?, layers: [StoredLayer]) {
        self.file = file
        self.kerasVersion = kerasVersion
        self.backend = backend
        self.layers = layers
        objects = nil
    }

    /// No weights, for a model of which there is just an architecture.
    package init(missingIn file: String) {
        self.init(file: file, kerasVersion: nil, backend: nil, layers: [])
        isMissing = true
    }

    /// The weights in the object layout.
    init(file: String, objects: StoredModel) {
        self.file = file
        self.objects = objects
        kerasVersion = nil
        backend = nil
        layers = []
    }

    /// These weights with other layers and another backend.
    func replacing(backend: String?, layers: [StoredLayer]) -> StoredWeights {
        StoredWeights(file: file, kerasVersion: kerasVersion, backend: backend, layers: layers)
    }
}

/// Weights in the object layout with the model that tells whose they are.
struct StoredModel: Sendable {
    let root: StoredObject
    let model: ModelDescription
    /// Whether a layer is an operation of Keras 3, which has no group.
    let isOperation: @Sendable (LayerDescription) -> Bool
}

/// The weights of a layer of the outermost model.
///
/// A nested model is one such layer.
package struct StoredLayer: Sendable {
    /// The name of the layer when it was saved.
    package let name: String
    /// The arrays in the order in which Keras lists them: trainable ones first.
    package let weights: [StoredWeight]

    package init(name: String, weights: [StoredWeight]) {
        self.name = name
        self.weights = weights
    }
}

/// One array of a weights file.
package struct StoredWeight: Sendable {
    /// The name of the array below its layer (`conv1/kernel:0`); a hint, not a key.
    package let name: String
    /// The extents.
    package let shape: Shape
    /// The type of the stored elements.
    let elementType: DType
    /// The form that becomes 32-bit floats; nil for others.
    var expansion: Expansion?

    private let load: @Sendable () throws -> Constant

    /// A form of weights that no runtime computes with.
    enum Expansion: String, Sendable, CaseIterable {
        case offsetBlocks = "4-bit integers in blocks with zero points"
        case groups = "integers of gptq or awq in groups with zero points"
        case roundedFloats =
            "8-bit floats, to which Keras rounds the inputs and weights of these layers"
    }

    package init(
        name: String, shape: Shape, elementType: DType = .float32,
        load: @escaping @Sendable () throws -> Constant
    ) {
        self.name = name
        self.shape = shape
        self.elementType = elementType
        self.load = load
    }

    /// This weight as one that becomes floats.
    func expanding(_ form: Expansion) -> StoredWeight {
        var weight = self
        weight.expansion = form
        return weight
    }

    /// The elements, floats read as `float32`; they stay in the file until they are needed if the file permits.
    package func constant() throws -> Constant { try load() }

    /// The last part of the name, which tells the role: `kernel` of `block/conv1/kernel:0`.
    var role: Substring {
        guard let last = name.utf8.split(separator: UInt8(ascii: "/")).last else { return "" }
        return Substring(last.split(separator: UInt8(ascii: ":")).first ?? last)
    }

    /// The name without the number of the output that TensorFlow appends: `conv1/kernel` of `conv1/kernel:0`.
    var path: Substring { name.split(separator: ":").first ?? "" }

    /// The name without its last part, which may tell the layer: `block/conv1` of `block/conv1/kernel:0`.
    var scope: Substring {
        name.lastIndex(of: "/").map { name[..<$0] } ?? ""
    }
}
