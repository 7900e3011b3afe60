import Tensors

/// An object that owns variables, in the layout that Keras 3 and later versions of Keras 2 give to `.weights.h5`.
///
///     /                         the model
///       vars                    its own variables: datasets 0, 1, … in the order of their creation
///       layers                  its layers, in groups named after their classes
///         dense                 the first Dense
///           vars/0, vars/1      kernel, bias
///         dense_1               the second
///         bidirectional
///           forward_layer/cell/vars/0 …
///
/// TensorFlow 2.12, 2.13 and Keras 2.14 call `layers` `_layer_checkpoint_dependencies`. A file may be divided into shards,
/// whose groups add up.
package struct StoredObject: Sendable {
    /// The path from the root, for messages.
    package let path: String
    /// The variables in the order of their creation.
    var variables: [StoredWeight] = []
    /// The objects in this one, by the names of their groups.
    package var members: [String: StoredObject] = [:]

    /// Whether there are variables here or anywhere below.
    var hasVariables: Bool {
        !variables.isEmpty || members.values.contains { $0.hasVariables }
    }

    /// The layers of a model, by the names of their groups.
    package var layers: [String: StoredObject] {
        (members["_layer_checkpoint_dependencies"] ?? members["layers"])?.members ?? [:]
    }
}
