import KerasFormat

/// A layer inside a layer of the caller's own, as the owner of weights.
package struct WeightOwner: Sendable, Hashable {
    /// The attribute of the outer layer's Python object, or a path that starts there.
    let attribute: String
    /// The place in the attribute's list; nil if the attribute is the layer itself.
    let position: Int?
    /// The layer.
    package let layer: LayerDescription

    package init(attribute: String, position: Int?, layer: LayerDescription) {
        self.attribute = attribute
        self.position = position
        self.layer = layer
    }

    /// The place as people write it: `conv1`, `blocks/2`.
    package var path: String { position.map { "\(attribute)/\($0)" } ?? attribute }

    package static func == (left: WeightOwner, right: WeightOwner) -> Bool {
        left.path == right.path && left.layer.className == right.layer.className
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(path)
    }
}
