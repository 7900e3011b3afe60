import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// A model as a graph.
package struct ImportedModel: Sendable {
    /// The graph as Keras would compute it, without any optimization.
    package var graph: Graph
    /// What is odd but harmless.
    package var warnings: [Problem]
    /// What is to be said about layers, such as what a Lambda computes.
    package var remarks: [Remark]
    /// The layers in the order of their evaluation, those of nested models too.
    package var layers: [LayerSummary]
    /// The version of Keras that wrote the model.
    package var version: KerasVersion
    /// The files that the graph's constants are read from; `confirm` them when all is read.
    package var inputs = InputFiles()

    /// The number of all weights, those of a layer that is called several times once.
    package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
}

/// What a layer is, for people.
package struct LayerSummary: Sendable, Equatable {
    /// The place of the layer, `encoder/block3/conv`.
    package var path: String
    /// The Keras class.
    package var className: String
    /// The shapes of the outputs of the first call.
    package var outputShapes: [Shape]
    /// The number of weights.
    package var parameterCount: Int
}
