import Foundations
import GraphIR
import KerasFormat
import KerasLayers
import Problems
import Tensors

/// A tensor in the subgraph of a layer of your own.
///
/// Operations make new tensors and throw if shapes do not fit. They broadcast as NumPy does, count negative axes from
/// the end, and mean what `keras.ops` means; `operation` reaches all of `keras.ops` by name.
public struct LayerTensor {
    /// The types of elements that layers compute with.
    public enum Element: String, Sendable {
        case float32, int32, int64, bool

        /// The type inside.
        var type: DType {
            switch self {
            case .float32: .float32
            case .int32: .int32
            case .int64: .int64
            case .bool: .bool
            }
        }
    }

    private let value: ValueID
    let scope: LayerScope

    init(_ value: ValueID, in scope: LayerScope) {
        self.value = value
        self.scope = scope
    }

    /// The extents, batch first; −1 for dynamic ones.
    public var shape: [Int] { scope.builder.shape(of: value).dims }

    /// The number of axes.
    public var rank: Int { shape.count }

    /// The type of the elements; nil for one that layers do not compute with.
    public var element: Element? { Element(rawValue: scope.builder.dtype(of: value).rawValue) }

    /// The extent of an axis, which has to be known.
    ///
    /// - Throws: `LayerError` if it is dynamic; the error asks for `ConversionOptions.inputShapes`.
    public func extent(_ axis: Int) throws(LayerError) -> Int {
        guard let position = Shape(shape).normalizedAxis(axis) else {
            throw LayerError(
                Problem(.invalidShape("axis \(axis) is outside the shape \(Shape(shape))")))
        }
        guard shape[position] != Shape.free else {
            throw LayerError(
                Problem(
                    .unsupported(
                        what: "the layer has to know the extent of axis \(position)",
                        remedy: "Fix it with \(.inputShapes).")))
        }
        return shape[position]
    }

    /// The value in the graph that `scope` builds.
    ///
    /// - Throws: for a tensor of another call, which must not be kept.
    func id(in scope: LayerScope) throws(LayerError) -> ValueID {
        guard scope.builder === self.scope.builder else {
            throw LayerError(
                Problem(
                    .invalidArgument(
                        "a tensor is used outside of the call that it belongs to",
                        remedy: "Do not keep tensors from one call of a layer to the next.")))
        }
        return value
    }

    /// An operation of `keras.ops` by the name of its class, which files of Keras 3 show: `Einsum`, `LogicalNot`.
    ///
    ///     try x.operation("Einsum", with: [y], ["subscripts": "bij,bjk->bik"])
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - others: the tensors after this one.
    ///   - arguments: the other arguments by the names they have in Keras.
    /// - Returns: the first output.
    public func operation(
        _ name: String, with others: [LayerTensor] = [],
        _ arguments: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> LayerTensor {
        try operations(name, with: others, arguments)[0]
    }

    /// All outputs of an operation, for those that have several, such as `Split`.
    public func operations(
        _ name: String, with others: [LayerTensor] = [],
        _ arguments: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> [LayerTensor] {
        try LayerError.wrapping {
            let inputs = [self] + others
            let members = arguments.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
            let outputs = try scope.operation(
                name, inputs.map { try $0.id(in: scope) }, JSONObject(members))
            guard !outputs.isEmpty else { throw Problem(.invalidShape("\(name) has no output")) }
            return outputs.map { LayerTensor($0, in: scope) }
        }
    }

    /// A layer of Keras without weights, such as `MaxPooling2D`, `Resizing` or `ZeroPadding2D`.
    public func layer(
        _ className: String, _ configuration: [String: ConfigurationValue] = [:]
    ) throws(LayerError) -> LayerTensor {
        try LayerError.wrapping {
            let json = JSONValue.object(
                JSONObject([
                    ("class_name", .string(className)), ("module", .string("keras.layers")),
                    ("config", ConfigurationValue.object(configuration).json),
                ]))
            return LayerTensor(try scope.layer(json, value), in: scope)
        }
    }

    /// The activation that Keras, or `registerActivation`, knows under a name: `relu`, `gelu`, `softmax`.
    ///
    /// A name means what it means to the version of Keras that wrote the file.
    public func activation(_ name: String) throws(LayerError) -> LayerTensor {
        try LayerError.wrapping {
            LayerTensor(try scope.activation(name, value), in: scope)
        }
    }
}
