import GraphIR
import KerasFormat
import KerasLayers
import Problems
import Tensors

/// What a caller can choose about an import.
package struct ImportOptions: Sendable {
    /// The extent of the batch axis of all inputs.
    package enum Batch: Sendable, Equatable {
        /// This extent, whatever the model states.
        case fixed(Int)
        /// Free, whatever the model states.
        case free
        /// What the model states, and this extent if it leaves the batch open.
        case stated(otherwise: Int)

        /// The extent for a model that states one, free if it leaves it open.
        fileprivate func extent(stated: Int) -> Int {
            switch self {
            case .fixed(let extent): extent
            case .free: Shape.free
            case .stated(let otherwise): stated == Shape.free ? otherwise : stated
            }
        }
    }

    /// The extent of the batch axis of all inputs.
    package var batch: Batch
    /// Shapes of inputs by name, batch first; negative extents are free.
    package var inputShapes: [String: [Int]]
    /// The layers whose outputs become those of the model; empty for the whole model.
    package var until: [String] = []
    /// The version of Keras (`2.3.1`, `3`) that counts instead of the one that the files state.
    package var kerasVersion: String?
    /// Shapes of inputs that the model does not state, as its weights tell them; batch first.
    var inferredShapes: [String: Shape] = [:]
    /// The layers and activations of the caller's own.
    package var custom: CustomObjects

    package init(
        batch: Batch = .stated(otherwise: 1), inputShapes: [String: [Int]] = [:],
        kerasVersion: String? = nil, custom: CustomObjects = CustomObjects()
    ) {
        self.batch = batch
        self.inputShapes = inputShapes
        self.kerasVersion = kerasVersion
        self.custom = custom
    }
}

extension ImportOptions {
    /// The type of the graph's input for an input layer.
    ///
    /// - Throws: `Problem` if the layer states no shape, or an element type that no graph has.
    func inputType(of layer: LayerDescription) throws -> TensorType {
        let stated = try layer.config.inputShape() ?? inferredShapes[layer.name]
        let shape: Shape
        if let given = inputShapes[layer.name] {
            shape = Shape(given.map { $0 < 0 ? Shape.free : $0 })
            guard stated == nil || stated?.rank == shape.rank else {
                throw Problem(
                    .invalidArgument(
                        "the shape \(shape) for the input '\(layer.name)' has another rank than "
                            + "the model's \(stated ?? .scalar)",
                        remedy: "Give all extents with the batch first."))
            }
        } else {
            guard var own = stated else {
                throw Problem(
                    .unsupported(
                        what: "the model states no shape for this input",
                        remedy:
                            "Give that of '\(layer.name)', the batch first, with \(.inputShapes)."))
            }
            if let first = own.dims.first { own[0] = batch.extent(stated: first) }
            shape = own
        }
        return TensorType(try elementType(of: layer), shape)
    }

    /// Floats of any width enter as 32-bit floats, in which the graph computes.
    private func elementType(of layer: LayerDescription) throws -> DType {
        let name = layer.config.dtypeName ?? "float32"
        guard let dtype = DType(rawValue: name), dtype != .string else {
            throw Problem(
                .unsupported(
                    what: "an input of the type '\(name)' is not supported",
                    remedy: "Use numbers as inputs of the model."))
        }
        return dtype.isFloat ? .float32 : dtype
    }

    /// Checks that each name belongs to an input of the model.
    func checkNames(in model: ModelDescription) throws {
        let known = model.inputs.tensors.map(\.layer)
        for name in inputShapes.keys.sorted() where !known.contains(name) {
            throw Problem(
                .invalidArgument(
                    "the model has no input '\(name)'",
                    remedy: "Its inputs are \(known.joined(separator: ", "))."))
        }
    }
}
