import Foundations

/// A model as its file describes it: layers, and how they are called on each other.
///
/// All generations and kinds of models are brought into this one form. A Sequential is a chain of calls that starts
/// at an input layer; every reference to a call counts from 0.
package struct ModelDescription: Sendable {
    /// How the file wrote the model down.
    package enum Kind: Sendable {
        case sequential, functional
    }

    /// How the file wrote the model down; the description has one form for both.
    package let kind: Kind
    /// The name of the model.
    package let name: String
    /// The version of Keras that wrote the file; the same in nested models.
    package let version: KerasVersion
    /// The layers in the order of the file, which need not be an order of evaluation; names are unique.
    package let layers: [LayerDescription]
    /// The tensors fed into the model: outputs of its input layers.
    package let inputs: Argument
    /// The results.
    package let outputs: Argument

    /// The layer called `name`.
    package func layer(named name: String) -> LayerDescription? {
        layers.first { $0.name == name }
    }
}

/// A layer with its configuration and its calls.
package struct LayerDescription: Sendable {
    /// The name, unique in its model.
    package let name: String
    /// The Keras class without package: `Conv2D`, `TFOpLambda`.
    package let className: String
    /// The class with package as custom classes have it (`mypkg>Swish2`), if the file states one.
    package let registeredName: String?
    /// The Python module of the class (`keras.layers`, `keras.src.ops.numpy`), if the file states one.
    package let module: String?
    /// The configuration.
    package let config: LayerConfig
    /// The model that this layer is, for a nested model.
    package let model: ModelDescription?
    /// The layers that this layer wraps, in the order `layer`, `forward_layer`, `backward_layer`, `cell`, `cells`.
    package let wrapped: [WrappedLayer]
    /// The calls; a reference's `node` is an index in this array.
    ///
    /// An input layer has none and is referred to as node 0.
    package internal(set) var calls: [CallDescription]

    /// Whether training changes the layer's weights, as far as the layer's own flag tells.
    ///
    /// It decides the order of weights in nested models.
    package var isTrainable: Bool { config["trainable"] != .bool(false) }

    /// Whether this is the entry of a tensor into its model.
    package var isInput: Bool { className == "InputLayer" }

    /// The model that a `TimeDistributed` applies to every step, or several of them inside each other.
    package var distributedModel: ModelDescription? { distribution?.model }

    /// The distributed model and the number of wrappers around it.
    package var distribution: (model: ModelDescription, depth: Int)? {
        guard className == "TimeDistributed", let inner = wrapped("layer") else { return nil }
        if let model = inner.model { return (model, 1) }
        return inner.distribution.map { ($0.model, $0.depth + 1) }
    }

    /// How many calls of layers all calls of this layer make, those in models that it is or distributes included.
    package var totalCallCount: Int {
        let layers = (model ?? distributedModel)?.layers ?? []
        let inner = layers.reduce(1) { saturatingSum($0, $1.totalCallCount) }
        return saturatingProduct(calls.count, inner)
    }

    /// The wrapped layer in a role: `layer`, `forward_layer`, `backward_layer`, `cell`.
    package func wrapped(_ role: String) -> LayerDescription? {
        wrapped.first { $0.role == role }?.layer
    }
}

/// A layer in the configuration of another.
package struct WrappedLayer: Sendable {
    /// The field that holds it; `cells` for each element of that list.
    package let role: String
    /// The layer; it has no calls.
    package let layer: LayerDescription
}

/// One call of a layer.
package struct CallDescription: Sendable, Equatable {
    /// The positional arguments.
    package var arguments: [Argument]
    /// The arguments given by name.
    package var keywordArguments: [String: Argument]

    package init(arguments: [Argument], keywordArguments: [String: Argument] = [:]) {
        self.arguments = arguments
        self.keywordArguments = keywordArguments
    }

    /// All tensors that the call depends on: positional ones in order, then those of keywords in order of their names.
    package var tensors: [TensorReference] {
        arguments.flatMap { $0.tensors }
            + keywordArguments.sorted { $0.key < $1.key }.flatMap { $0.value.tensors }
    }

    func mapTensors(_ change: (TensorReference) -> TensorReference) -> CallDescription {
        CallDescription(
            arguments: arguments.map { $0.mapTensors(change) },
            keywordArguments: keywordArguments.mapValues { $0.mapTensors(change) })
    }
}

/// An output of a call.
package struct TensorReference: Sendable, Hashable {
    /// The name of the layer.
    package var layer: String
    /// The call of the layer, counted from 0.
    package var node: Int
    /// The output of the call, counted from 0 in the flattened structure of outputs (dictionaries by sorted keys).
    package var tensor: Int

    package init(layer: String, node: Int, tensor: Int) {
        self.layer = layer
        self.node = node
        self.tensor = tensor
    }
}

/// What a layer is called on: tensors in a structure, and constants.
package indirect enum Argument: Sendable, Equatable {
    case tensor(TensorReference)
    /// A list or tuple with at least one tensor somewhere inside.
    case list([Argument])
    /// A dictionary with at least one tensor somewhere inside.
    case dictionary([String: Argument])
    /// A value without tensors, as the file has it.
    case constant(JSONValue)

    /// The tensors, depth first; dictionaries in order of their keys.
    package var tensors: [TensorReference] { leaves.map { $0.tensor } }

    /// The tensors, depth first, each with the dictionary key nearest to it.
    package var leaves: [(key: String?, tensor: TensorReference)] {
        var leaves: [(key: String?, tensor: TensorReference)] = []
        collectLeaves(under: nil, into: &leaves)
        return leaves
    }

    private func collectLeaves(
        under key: String?, into leaves: inout [(key: String?, tensor: TensorReference)]
    ) {
        switch self {
        case .tensor(let tensor):
            leaves.append((key, tensor))
        case .list(let elements):
            for element in elements { element.collectLeaves(under: key, into: &leaves) }
        case .dictionary(let members):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                member.collectLeaves(under: key, into: &leaves)
            }
        case .constant:
            break
        }
    }

    func mapTensors(_ change: (TensorReference) -> TensorReference) -> Argument {
        switch self {
        case .tensor(let tensor): .tensor(change(tensor))
        case .list(let elements): .list(elements.map { $0.mapTensors(change) })
        case .dictionary(let members): .dictionary(members.mapValues { $0.mapTensors(change) })
        case .constant: self
        }
    }
}
