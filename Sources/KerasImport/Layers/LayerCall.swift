import GraphIR
import Tensors

/// One call of a layer.
package struct LayerCall {
    /// The tensors that the layer is called on.
    package var inputs: [ValueID]
    /// The mask of each input; nil where every step counts.
    package var masks: [ValueID?]
    /// The layer's weights, in the order of its `weightSpecs`.
    package var weights: [Constant]

    package init(inputs: [ValueID], masks: [ValueID?] = [], weights: [Constant] = []) {
        self.inputs = inputs
        self.masks = masks
        self.weights = weights
    }

    /// The input of a layer that takes one.
    func onlyInput() throws -> ValueID { try inputs.only() }
}
