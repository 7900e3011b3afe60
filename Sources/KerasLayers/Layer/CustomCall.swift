import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// One call of a layer that a caller has described.
///
/// The caller's code runs twice: first on a graph that is thrown away, with zeros for weights, to find out which weights
/// the layer has, then with the weights of the file.
package final class CustomCall {
    /// The weights of one layer or sublayer in the order of Keras.
    struct Weights {
        var own: [String: Constant] = [:]
        var sublayers: [LayerWeights] = []
    }

    package let scope: LayerScope
    /// The tensors of the call: those given by position, then those given by name, in order of the names.
    package let inputs: [ValueID]
    /// The arguments of the call that are not tensors, by name.
    package let arguments: LayerConfig

    /// The masks of tensors, which pass through sublayers.
    package private(set) var masks: [ValueID: ValueID]
    /// The layer's own weights, in the order in which the caller asks for them.
    private var own: [WeightSpec] = []
    /// The weights of each sublayer in the order of their declarations; nil for one that was not called yet.
    private var sublayers: [(owner: WeightOwner, specs: [WeightSpec]?)] = []
    private var weightValues: [String: ValueID] = [:]
    /// The stored weights; nil in a run that only finds out which there are.
    private let stored: Weights?

    init(scope: LayerScope, call: CallContext, stored: Weights?) {
        self.scope = scope
        self.stored = stored
        inputs = call.inputs
        arguments = LayerConfig(
            JSONObject(
                call.keywords.sorted { $0.key < $1.key }.compactMap { name, argument in
                    argument.json.map { (name, $0) }
                }))
        let masked = zip(call.inputs, call.masks).compactMap { input, mask in
            mask.map { (input, $0) }
        }
        masks = Dictionary(masked, uniquingKeysWith: { first, _ in first })
    }

    /// The layer as the file describes it.
    package var layer: LayerDescription { scope.context.description }

    /// The weights that the caller's code has asked for: the layer's own, then those of its sublayers.
    var specs: [WeightSpec] {
        own + sublayers.flatMap { owner, specs in (specs ?? []).map { $0.owned(by: owner) } }
    }

    /// Stored weights, in the order of `specs`, as this call takes them.
    func arranged(_ constants: [Constant]) -> Weights {
        var rest = constants[...]
        var weights = Weights()
        for (spec, constant) in zip(own, rest) { weights.own[spec.role] = constant }
        rest = rest.dropFirst(own.count)
        for (_, specs) in sublayers {
            let specs = specs ?? []
            weights.sublayers.append(LayerWeights(specs, Array(rest.prefix(specs.count))))
            rest = rest.dropFirst(specs.count)
        }
        return weights
    }

    /// A weight of the layer's own; the same name gives the same weight.
    package func weight(
        _ name: String, dims: [Int], elementType: DType = .float32, isTrainable: Bool
    ) throws -> ValueID {
        if let known = weightValues[name] { return known }
        guard dims.allSatisfy({ $0 >= 0 }) else {
            throw Problem(.invalidShape("the weight '\(name)' has shape \(dims)"))
        }
        var spec = WeightSpec(
            name, dims: dims, elementType: elementType, isTrainable: isTrainable)
        spec.isRegistered = true
        own.append(spec)
        var constant = spec.placeholder
        if let stored {
            guard let found = stored.own[name], found.shape == spec.shape else {
                throw CustomCall.changing("the weight '\(name)'")
            }
            constant = found
        }
        let value = scope.builder.constant(constant, role: name)
        weightValues[name] = value
        return value
    }

    /// A layer inside this one.
    ///
    /// - Parameters:
    ///   - attribute: the attribute of the Python object that holds it; a path goes into a model (`mlp/layers`).
    ///   - position: the place in the attribute's list.
    package func sublayer(
        _ attribute: String, position: Int?, _ json: JSONValue
    ) throws -> CustomSublayer {
        let sublayer = try CustomSublayer(
            of: self, index: sublayers.count, attribute: attribute, position: position, json)
        sublayers.append((sublayer.owner, nil))
        return sublayer
    }

    /// Notes which weights a sublayer has; all its calls have to ask for the same ones.
    func note(_ specs: [WeightSpec], ofSublayer index: Int) throws {
        if let known = sublayers[index].specs, known != specs {
            throw Problem(
                .invalidShape("the layer is called on inputs that ask for different weights"))
        }
        sublayers[index].specs = specs
    }

    /// The stored weights of a sublayer; nil in a run that only finds out which there are.
    func weights(ofSublayer index: Int) throws -> LayerWeights? {
        guard let stored else { return nil }
        guard stored.sublayers.indices.contains(index) else {
            throw CustomCall.changing("a sublayer")
        }
        return stored.sublayers[index]
    }

    func setMask(_ mask: ValueID?, of value: ValueID) { masks[value] = mask }

    static func changing(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: "the code registered for the layer asks for \(what) in one run only",
                remedy: "Ask for the same weights and sublayers in every run."))
    }
}

extension WeightSpec {
    /// This weight as one of a layer inside another.
    fileprivate func owned(by owner: WeightOwner) -> WeightSpec {
        var copy = self
        copy.role = "\(owner.path)/\(role)"
        copy.owners.insert(owner, at: 0)
        return copy
    }
}
