import KerasFormat
import Tensors

extension StoredWeights {
    /// The extents of the arrays of a layer of the outermost model, in no particular order; none if they cannot be told before
    /// the layers are built.
    package func shapes(of layer: LayerDescription, in model: ModelDescription) -> [Shape] {
        guard let root = objects?.root else {
            return layers.first { $0.name == layer.name }?.weights.map(\.shape) ?? []
        }
        let family = model.layers.filter { $0.className == layer.className }
        guard let index = family.firstIndex(where: { $0.name == layer.name }) else { return [] }
        let base = ObjectNaming.base(ofClass: layer.className)
        return root.layers[ObjectNaming.name(base, index)]?.allShapes ?? []
    }
}

extension StoredObject {
    /// The extents of all variables here and below.
    fileprivate var allShapes: [Shape] {
        variables.map(\.shape) + members.values.flatMap(\.allShapes)
    }
}
