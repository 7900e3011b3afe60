import Foundations
import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// What a layer gets for one of its calls.
package struct CallContext {
    /// The tensors that the layer is called on, in order.
    package var inputs: [ValueID]
    /// The mask of each input; nil if every step counts.
    package var masks: [ValueID?]
    /// The layer's weights.
    package var weights: LayerWeights
    /// The positional arguments, tensors and others.
    package var arguments: [CallArgument]
    /// The arguments given by name.
    package var keywords: [String: CallArgument]
    /// Whether the layer sees the masks; Keras 3 hands them on unseen if a call has further tensors.
    package var seesMasks = true
    /// Whether the call states `training=True`, which holds whenever the model runs.
    package var isTraining = false
    /// Which of several layers inside the layer is called; names what it keeps between runs.
    package var part = ""

    package init(
        inputs: [ValueID], masks: [ValueID?] = [], weights: LayerWeights = LayerWeights(),
        arguments: [CallArgument] = [], keywords: [String: CallArgument] = [:]
    ) {
        self.inputs = inputs
        self.masks = masks
        self.weights = weights
        self.arguments = arguments
        self.keywords = keywords
    }

    /// The input of a layer that takes one.
    func onlyInput() throws -> ValueID { try inputs.only() }

    /// The weight of a role that the layer always has.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` if it does not ask for it.
    func weight(_ role: String) throws -> Constant {
        guard let weight = weights[role] else {
            throw Problem(.invalidGraph("the layer asks for no weight '\(role)'", pass: nil))
        }
        return weight
    }

    /// A truth value given by name or by position.
    func flag(_ name: String) -> Bool {
        if case .bool(true)? = keywords[name]?.json { true } else { false }
    }
}

extension OperationArguments {
    /// The arguments of a layer's call.
    init(
        _ call: CallContext, config: LayerConfig = LayerConfig(JSONObject()),
        in builder: GraphBuilder
    ) {
        self.init(
            tensors: call.inputs, positional: call.arguments, named: call.keywords, config: config,
            in: builder)
    }
}
