import Foundations
import KerasFormat
import KerasWeights

/// Fields that classes of people leave out of their configurations and that the weights tell.
enum InferredFields {
    /// The model with those fields.
    ///
    /// keras.io's `PatchEncoder` states how many patches there are and not how wide their vectors become.
    static func filled(_ model: ModelDescription, _ weights: StoredWeights) -> ModelDescription {
        var fields: [String: (name: String, value: JSONValue)] = [:]
        for layer in model.layers where layer.className == "PatchEncoder" {
            guard layer.config["projection_dim"] == nil,
                let count = layer.config["num_patches"]?.int,
                let table = weights.shapes(of: layer, in: model).first(where: {
                    $0.rank == 2 && $0[0] == count
                })
            else { continue }
            fields[layer.name] = ("projection_dim", .int(Int64(table[1])))
        }
        return fields.isEmpty ? model : model.adding(fields)
    }
}
