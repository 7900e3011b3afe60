import GraphIR
import KerasFormat
import Tensors

/// The cells of tensorflow-addons, by the names that files have.
enum AddonsCells {
    /// The cell of a description; nil if it is none of these.
    static func cell(
        _ description: LayerDescription, _ context: LayerContext
    ) throws -> (any RecurrentCell)? {
        let config = description.config
        switch description.registeredName {
        case "Addons>ESNCell": return try ESNCell(config: config, context: context)
        case "Addons>LayerNormLSTMCell":
            return try NormalizedLSTMCell(config: config, context: context)
        case "Addons>LayerNormSimpleRNNCell":
            return try NormalizedSimpleRNNCell(config: config, context: context)
        case "Addons>NASCell": return try NASCell(config: config, context: context)
        case "Addons>PeepholeLSTMCell":
            return try PeepholeLSTMCell(config: config, context: context)
        default: return nil
        }
    }
}

/// A product with a kernel of a cell, without bias.
struct CellProduct {
    private let matrix: ValueID

    /// - Parameter kernel: `(in, out)`, as Keras stores it.
    init(_ kernel: Constant, role: String, in builder: GraphBuilder) {
        matrix = builder.constant(kernel.permuted([1, 0]), role: role)
    }

    func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.add(.fullyConnected(FullyConnected()), [x, matrix])
    }
}

/// The products of a cell's input and of its state, and the bias that is added where the cell says.
struct CellProducts {
    private let kernel: CellProduct
    private let recurrent: CellProduct
    private let bias: Constant?

    init(
        kernel: Constant, recurrent: Constant, bias: Constant?, in builder: GraphBuilder
    ) {
        self.kernel = CellProduct(kernel, role: "kernel", in: builder)
        self.recurrent = CellProduct(recurrent, role: "recurrent_kernel", in: builder)
        self.bias = bias
    }

    /// The products of a cell with the weights kernel, recurrent kernel and, if it has one, bias first.
    init(_ weights: [Constant], usesBias: Bool, in builder: GraphBuilder) {
        self.init(
            kernel: weights[0], recurrent: weights[1], bias: usesBias ? weights[2] : nil,
            in: builder)
    }

    /// x·K of all steps.
    func project(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try kernel.apply(to: x, in: builder)
    }

    /// h·R.
    func recur(_ h: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try recurrent.apply(to: h, in: builder)
    }

    /// y + b; y if there is no bias.
    func addBias(to y: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try bias.map { try builder.add(y, builder.constant($0, role: "bias")) } ?? y
    }
}

/// A normalization of the last axis inside a cell.
struct CellNormalization {
    let gamma: Constant
    let beta: Constant?
    let epsilon: Double

    func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let axes = [builder.shape(of: x).rank - 1]
        let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
        let centered = try builder.subtract(x, mean)
        let variance = try builder.reduce(
            .mean, builder.unary(.square, centered), axes: axes, keepDimensions: true)
        let scale = try builder.unary(.rsqrt, builder.binary(.add, variance, epsilon))
        let y = try builder.multiply(
            builder.multiply(centered, scale), builder.constant(gamma, role: "gamma"))
        return try beta.map { try builder.add(y, builder.constant($0, role: "beta")) } ?? y
    }
}

extension GraphBuilder {
    /// The gates of a cell, which lie beside each other along the last axis.
    func gates(_ x: ValueID, count: Int, units: Int) throws -> [ValueID] {
        let axis = shape(of: x).rank - 1
        return try (0..<count).map { try slice(x, axis: axis, from: $0 * units, count: units) }
    }
}
