import KerasFormat
import Problems
import Tensors

/// Finds the arrays of layers in a file of the object layout.
///
/// The group of a layer follows from its class and from how many layers of the class precede it in its model. A layer that
/// occurs in several places is stored under the first. Writers differ in whether other occurrences and layers without
/// weights count; if the counted groups do not fit, the groups of a class are paired with its layers in order.
struct ObjectMatching {
    private let requests: [LayerPath: WeightRequest]
    /// The places of layers that occur elsewhere before, with the first place.
    private let firstPlaces: [LayerPath: LayerPath]
    private let isOperation: (LayerDescription) -> Bool
    private var weights: [LayerPath: [Constant]] = [:]
    private var unused: [String] = []
    /// The layers whose weights become floats, by the form that the file holds.
    private var expanded: [StoredWeight.Expansion: [String]] = [:]
    private var problems: [Problem] = []

    /// The arrays of all requests.
    ///
    /// - Throws: `Problems` with every layer whose arrays are missing or do not fit.
    static func match(
        _ requests: [WeightRequest], with stored: StoredModel
    ) throws -> WeightAssignment {
        var matching = ObjectMatching(requests, in: stored)
        try matching.visit(stored.model, at: LayerPath([]), stored.root)
        if !matching.problems.isEmpty { throw Problems(matching.problems) }
        let names = matching.unused.joined(separator: ", ")
        return WeightAssignment(
            weights: matching.weights,
            warnings: (names.isEmpty ? [] : [Problem(.unusedWeights(names))]) + matching.expansions)
    }

    private init(_ requests: [WeightRequest], in stored: StoredModel) {
        self.requests = Dictionary(
            requests.filter { !$0.specs.isEmpty }.map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in first })
        firstPlaces = SharedPlaces.firstPlaces(in: stored.model)
        isOperation = stored.isOperation
    }

    /// What is to be said of weights that become floats.
    private var expansions: [Problem] {
        StoredWeight.Expansion.allCases.compactMap { form in
            guard let layers = expanded[form] else { return nil }
            let names = layers.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
            let others = layers.count > 4 ? " and \(layers.count - 4) others" : ""
            return Problem(
                .unsupported(
                    what:
                        "no runtime computes with \(form.rawValue): the weights of \(names)\(others) become "
                        + "32-bit floats",
                    remedy: "Choose a mode of quantization for the file."))
        }
    }

    /// Assigns the groups in that of a model to its layers, and goes into nested models.
    private mutating func visit(
        _ model: ModelDescription, at path: LayerPath, _ object: StoredObject?
    ) throws {
        var free = object?.layers ?? [:]
        let groups = ObjectGroups(model, free, isOperation: isOperation)
        var found: [String: StoredObject] = [:]
        for family in groups.families {
            let children = family.layers.map { layer in
                let path = path.appending(layer.name)
                return ObjectGroups.Child(
                    layer: layer, needsWeights: needsWeights(layer, at: path),
                    mayBeElsewhere: firstPlaces[path] != nil)
            }
            let names = family.assign(children) { fits($0, $1, at: path) }
            for (child, name) in zip(children, names) {
                guard let name, let stored = free[name] else { continue }
                found[child.layer.name] = stored
                if child.needsWeights { free[name] = nil }
            }
        }
        for layer in model.layers {
            let path = path.appending(layer.name)
            if let inner = layer.model {
                try visit(inner, at: path, found[layer.name])
            } else if let (inner, depth) = layer.distribution {
                let object = (0..<depth).reduce(found[layer.name]) { wrapper, _ in
                    wrapper?.members["layer"]
                }
                try visit(inner, at: path, object)
            } else if let request = requests[path] {
                try take(request, of: layer, from: found[layer.name])
            }
        }
        unused += free.values.filter { $0.hasVariables }.map(\.path).sorted()
    }

    /// Whether `layer` or, for a model, any layer in it expects weights.
    private func needsWeights(_ layer: LayerDescription, at path: LayerPath) -> Bool {
        guard let inner = layer.model ?? layer.distributedModel else {
            return requests[path] != nil
        }
        return inner.layers.contains { needsWeights($0, at: path.appending($0.name)) }
    }

    private func fits(
        _ layer: LayerDescription, _ object: StoredObject, at path: LayerPath
    ) -> Bool {
        guard layer.model == nil, layer.distributedModel == nil else {
            return object.hasVariables
        }
        guard let request = requests[path.appending(layer.name)] else { return true }
        return request.accepts(request.arrays(of: object, as: layer))
    }

    private mutating func take(
        _ request: WeightRequest, of layer: LayerDescription, from object: StoredObject?
    ) throws {
        let expected = request.specs.map { "\($0.role) \($0.shape)" }.joined(separator: ", ")
        guard let object, object.hasVariables else {
            if let first = firstPlaces[request.path], let shared = weights[first] {
                weights[request.path] = shared
            } else {
                problems.append(
                    Problem(
                        .missingWeights(expected: expected, nearest: nil),
                        layer: request.path.description, layerClass: request.className))
            }
            return
        }
        let arrays = request.arrays(of: object, as: layer)
        guard request.accepts(arrays) else {
            let found = arrays.map { "\($0.shape)" }.joined(separator: ", ")
            problems.append(
                Problem(
                    .mismatchingWeights(expected: expected, found: "\(found) ('\(object.path)')"),
                    layer: request.path.description, layerClass: request.className))
            return
        }
        weights[request.path] = try locating(layer: request.path.description) {
            try arrays.map { try $0.constant() }
        }
        for form in Set(arrays.compactMap(\.expansion)) {
            expanded[form, default: []].append(request.path.description)
        }
    }
}

extension WeightRequest {
    /// The arrays of the layer in their order.
    fileprivate func arrays(
        of object: StoredObject, as layer: LayerDescription
    ) -> [StoredWeight] {
        guard specs.contains(where: { $0.isRegistered || !$0.owners.isEmpty }) else {
            return ObjectArrays.arrays(of: object, as: layer, for: specs)
        }
        let wrapped = layer.className == "TimeDistributed" ? object.members["layer"] : nil
        return OwnedArrays.arrays(of: wrapped ?? object, for: specs[...])
    }

    /// Whether arrays have the number and the shapes that this asks for.
    fileprivate func accepts(_ arrays: [StoredWeight]) -> Bool {
        arrays.count == specs.count
            && zip(specs, arrays).allSatisfy { $0.accepts($1.shape) }
    }
}
