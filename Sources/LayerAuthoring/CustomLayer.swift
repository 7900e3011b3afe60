import Foundations
import KerasFormat
import KerasLayers
import Problems
import Tensors

/// One call of a layer of your own: what it is called on, its configuration and its weights.
///
/// Axes and shapes are those of the layer in Keras, with the batch first.
public struct CustomLayer {
    private let call: CustomCall

    init(_ call: CustomCall) {
        self.call = call
    }

    /// The name of the layer in its model.
    public var name: String { call.layer.name }

    /// The class without package.
    public var className: String { call.layer.className }

    /// The generation of Keras that wrote the file: 1, 2 or 3.
    public var kerasGeneration: Int { call.scope.generation }

    /// What `get_config` returned.
    public var configuration: LayerConfiguration { LayerConfiguration(call.layer.config) }

    /// The arguments of the call that are not tensors, by name.
    public var arguments: LayerConfiguration { LayerConfiguration(call.arguments) }

    /// The tensors of the call: those given by position, then those given by name, in alphabetical order of the names.
    public var inputs: [LayerTensor] { call.inputs.map { LayerTensor($0, in: call.scope) } }

    /// The only tensor of the call.
    ///
    /// - Throws: `LayerError` if there are none or several.
    public var input: LayerTensor {
        get throws(LayerError) {
            guard inputs.count == 1 else {
                throw LayerError(
                    Problem(.invalidShape("the layer takes one input, not \(inputs.count)")))
            }
            return inputs[0]
        }
    }

    /// The mask of an input, bool `[batch, steps]`; nil if every step counts.
    public func mask(of input: LayerTensor) throws(LayerError) -> LayerTensor? {
        call.masks[try input.id(in: call.scope)].map { LayerTensor($0, in: call.scope) }
    }

    /// A weight of the layer itself.
    ///
    /// Files of `save_weights` and `save` are searched by name and else by order, which is that of the calls of this
    /// method: ask for the weights in the order in which the Python class creates them. A shape that differs from the
    /// stored one is an error of the conversion.
    ///
    /// - Parameters:
    ///   - name: the name given to `add_weight`.
    ///   - shape: the extents; none for a single number.
    ///   - element: the type given to `add_weight`; stored elements of another type are cast to it.
    ///   - isTrainable: false for a weight made with `trainable=False`.
    public func weight(
        _ name: String, shape: [Int], of element: LayerTensor.Element = .float32,
        isTrainable: Bool = true
    ) throws(LayerError) -> LayerTensor {
        try LayerError.wrapping {
            LayerTensor(
                try call.weight(
                    name, dims: shape, elementType: element.type, isTrainable: isTrainable),
                in: call.scope)
        }
    }

    /// Numbers as a tensor of floats, row-major.
    public func constant(_ values: [Double], shape: [Int]) throws(LayerError) -> LayerTensor {
        let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard shape.allSatisfy({ $0 >= 0 }), count == values.count else {
            throw LayerError(
                Problem(
                    .invalidShape("\(values.count) numbers do not fill a tensor of shape \(shape)"))
            )
        }
        let constant = Constant(values, Shape(shape))
        return LayerTensor(call.scope.builder.constant(constant, role: "constant"), in: call.scope)
    }

    /// A layer inside this one: one of Keras' own, or one that is registered.
    ///
    ///     let normalize = try layer.sublayer("norm", "LayerNormalization", ["epsilon": 1e-6])
    ///     let y = try normalize(x)
    ///
    /// Declare the sublayers in the order in which the Python class creates them.
    ///
    /// - Parameters:
    ///   - attribute: the attribute that holds it in the Python class (`self.norm`), under which `.keras` and
    ///     `.weights.h5` files keep its weights. A layer of a model in the attribute `mlp` is at `mlp/layers`.
    ///   - position: the place in a list of layers.
    ///   - className: the Keras class.
    ///   - configuration: the fields of `get_config` that differ from the class's defaults.
    public func sublayer(
        _ attribute: String, at position: Int? = nil, _ className: String,
        _ configuration: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> Sublayer {
        let json = JSONValue.object(
            JSONObject([
                ("class_name", .string(className)), ("module", .string("keras.layers")),
                ("config", ConfigurationValue.object(configuration).json),
            ]))
        return try LayerError.wrapping {
            Sublayer(try call.sublayer(attribute, position: position, json), in: call.scope)
        }
    }

    /// A layer inside this one that the configuration holds, as `keras.layers.serialize` writes it.
    ///
    /// - Parameters:
    ///   - attribute: the attribute that holds it in the Python class.
    ///   - field: the field of the configuration.
    public func sublayer(_ attribute: String, fromField field: String) throws(LayerError)
        -> Sublayer
    {
        try LayerError.wrapping {
            guard let json = call.layer.config[field] else { throw Problem(.missingField(field)) }
            return Sublayer(try call.sublayer(attribute, position: nil, json), in: call.scope)
        }
    }

    /// The activation that a field of the configuration asks for, `activation` by default; none is the identity.
    public func activation(_ x: LayerTensor, field: String = "activation") throws(LayerError)
        -> LayerTensor
    {
        guard let value = call.layer.config[field] else { return x }
        return try LayerError.wrapping {
            LayerTensor(try call.scope.activation(value, x.id(in: call.scope)), in: call.scope)
        }
    }
}

/// A layer inside a layer of your own; each call of it has the same weights.
public struct Sublayer {
    private let sublayer: CustomSublayer
    private let scope: LayerScope

    init(_ sublayer: CustomSublayer, in scope: LayerScope) {
        self.sublayer = sublayer
        self.scope = scope
    }

    /// The first output for these inputs.
    ///
    /// - Parameter arguments: further arguments of the call that are not tensors, such as `use_causal_mask`.
    public func callAsFunction(
        _ inputs: LayerTensor..., arguments: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> LayerTensor {
        try outputs(inputs, arguments: arguments)[0]
    }

    /// All outputs for these inputs.
    ///
    /// - Parameter arguments: further arguments of the call that are not tensors.
    public func outputs(
        _ inputs: [LayerTensor], arguments: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> [LayerTensor] {
        try LayerError.wrapping {
            let outputs = try sublayer.apply(
                inputs.map { try $0.id(in: scope) },
                keywords: arguments.mapValues { .value($0.json) })
            guard !outputs.isEmpty else { throw Problem(.invalidShape("the layer has no output")) }
            return outputs.map { LayerTensor($0, in: scope) }
        }
    }
}
