import KerasFormat
import Tensors

/// The arrays of a layer of the caller's own in the object layout.
///
///     res_block
///       vars/0, vars/1             its own variables: those that are trained, then the others
///       conv1/vars/0               a sublayer under the name of its attribute
///       blocks/dense/vars/0        the first of a list of sublayers, named after its class
///       blocks/dense_1/vars/0      the second; some writers leave out numbers or begin with a larger one
enum OwnedArrays {
    /// The arrays that `specs` ask for, in their order; fewer or more if the file holds something else.
    ///
    /// - Parameter depth: how many of the owners of each spec lead to `object`.
    static func arrays(
        of object: StoredObject, for specs: ArraySlice<WeightSpec>, depth: Int = 0
    ) -> [StoredWeight] {
        let own = specs.filter { $0.owners.count == depth }
        var arrays = variables(of: object, for: own)
        var rest = specs.drop { $0.owners.count == depth }
        while let owner = rest.first?.owners[depth] {
            let part = rest.prefix { $0.owners.count > depth && $0.owners[depth] == owner }
            rest = rest.dropFirst(part.count)
            let earlier = Set(specs.compactMap { $0.owners.dropFirst(depth).first })
            guard let member = member(owner, of: object, among: earlier) else { continue }
            arrays +=
                part.contains { $0.isRegistered || $0.owners.count > depth + 1 }
                ? Self.arrays(of: member, for: part, depth: depth + 1)
                : ObjectArrays.arrays(of: member, as: owner.layer, for: part)
        }
        return arrays
    }

    /// The layer's own variables by their names, or by number: those that are trained come first.
    private static func variables(
        of object: StoredObject, for specs: [WeightSpec]
    ) -> [StoredWeight] {
        let named = specs.compactMap { spec in
            object.variables.first { $0.role == spec.role.split(separator: "/").last ?? "" }
        }
        guard named.count < specs.count, object.variables.count == specs.count else {
            return specs.isEmpty || named.isEmpty ? object.variables : named
        }
        let order =
            specs.indices.filter { specs[$0].isTrainable }
            + specs.indices.filter { !specs[$0].isTrainable }
        let numbers = Dictionary(
            zip(order, object.variables), uniquingKeysWith: { first, _ in first })
        return specs.indices.compactMap { numbers[$0] }
    }

    /// The group of a sublayer; lists called `…_layers` may have none, their layers then lie beside them.
    private static func member(
        _ owner: WeightOwner, of object: StoredObject, among owners: Set<WeightOwner>
    ) -> StoredObject? {
        var place: StoredObject? = object
        for name in owner.attribute.split(separator: "/").map(String.init) {
            let layers = name == "layers" ? place?.members["_layer_checkpoint_dependencies"] : nil
            let list = owner.position != nil && name.hasSuffix("_layers") ? place : nil
            // keras-nlp wrote one word until it became keras-hub.
            let earlier = place?.members[name.replacing("_layer_norm", with: "_layernorm")]
            place = place?.members[name] ?? earlier ?? layers ?? list
        }
        guard let position = owner.position else { return place }
        let number = owners.count { other in
            other.attribute == owner.attribute && other.layer.className == owner.layer.className
                && other.position ?? 0 < position
        }
        let base = ObjectNaming.base(ofClass: owner.layer.className)
        let stored = (place?.members ?? [:]).compactMap { name, object in
            ObjectNaming.index(of: name, base: base).map { (index: $0, object: object) }
        }.sorted { $0.index < $1.index }
        return stored.indices.contains(number) ? stored[number].object : nil
    }
}
