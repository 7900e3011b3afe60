import Foundations
import GraphIR
import Tensors

/// The function y = scale · x + shift along one axis.
struct Affine {
    /// One factor for each index of the axis, or a single one for all elements.
    var scale: [Double]
    /// As long as `scale`.
    var shift: [Double]

    /// Both vectors repeated to `count` if they are single numbers.
    func expanded(to count: Int) -> Affine {
        guard scale.count == 1, count != 1 else { return self }
        return Affine(
            scale: [Double](repeating: scale[0], count: count),
            shift: [Double](repeating: shift[0], count: count))
    }

    var scalesNothing: Bool { scale.allSatisfy { $0 == 1 } }
    var shiftsNothing: Bool { shift.allSatisfy { $0 == 0 } }
    var isFinite: Bool { (scale + shift).allSatisfy { $0.isFinite } }

    /// This function without its shift.
    var scaleOnly: Affine { Affine(scale: scale, shift: shift.map { _ in 0 }) }

    /// The function `next(self(x))`.
    func then(_ next: Affine) -> Affine {
        let count = Swift.max(scale.count, next.scale.count)
        let (a, b) = (expanded(to: count), next.expanded(to: count))
        return Affine(
            scale: zip(a.scale, b.scale).map { $0 * $1 },
            shift: zip(a.shift, zip(b.scale, b.shift)).map { $0 * $1.0 + $1.1 })
    }

    /// The border of a value to which the function has been applied, if the pad's is that of one before.
    ///
    /// Nil if the channels would differ, or if a border of zeros, which runtimes are better at, would become another.
    func applied(to pad: Pad) -> Pad? {
        border(of: pad, zip(scale, shift).map { $0 * Double(pad.value) + $1 })
    }

    /// The border of a value before the function, if the pad's is that of one behind it; nil as for `applied(to:)`.
    func removed(from pad: Pad) -> Pad? {
        border(
            of: pad,
            zip(scale, shift).map {
                Double(pad.value) == $1 ? 0 : (Double(pad.value) - $1) / $0
            })
    }

    private func border(of pad: Pad, _ values: [Double]) -> Pad? {
        guard let value = values.first, value.isFinite, values.allSatisfy({ $0 == value }),
            pad.value != 0 || value == 0
        else { return nil }
        var pad = pad
        pad.value = Float(value)
        return pad
    }

    /// The part for a range of indices.
    subscript(range: Range<Int>) -> Affine {
        scale.count == 1
            ? self : Affine(scale: Array(scale[range]), shift: Array(shift[range]))
    }
}

/// A node that computes an affine function of its input: a batch normalization or arithmetic with a constant.
struct AffineNode {
    let node: Node
    /// The tensor that the function is applied to.
    let input: ValueID
    /// The axis along which factors differ; nil if one factor holds for all elements.
    let axis: Int?

    /// Looks at the form of the node only; numbers are read by `function`.
    init?(_ node: Node, in graph: Graph) {
        self.node = node
        guard graph[node.output].dtype == .float32 else { return nil }
        if case .batchNormalization(let payload) = node.op {
            guard node.inputs.dropFirst().allSatisfy({ graph.isConstant($0) }) else { return nil }
            let isAlone = graph[node.output].shape[payload.axis] == 1
            (input, axis) = (node.inputs[0], isAlone ? nil : payload.axis)
        } else if case .unary(let payload) = node.op, payload.kind == .neg {
            (input, axis) = (node.inputs[0], nil)
        } else if case .binary(let payload) = node.op {
            guard payload.activation == .none, let operands = graph.splitConstant(node),
                Self.isAffine(payload.kind, constantFirst: operands.isFirst),
                graph[operands.variable].type == graph[node.output].type
            else { return nil }
            input = operands.variable
            switch Self.layout(graph[operands.constant].shape, in: graph[node.output].shape) {
            case .uniform: axis = nil
            case .axis(let varying): axis = varying
            case .blocked: return nil
            }
        } else {
            return nil
        }
    }

    /// Whether the node is a batch normalization.
    var isBatchNormalization: Bool {
        if case .batchNormalization = node.op { true } else { false }
    }

    /// The numbers of the function; nil if they are not finite.
    func function(in graph: Graph) -> Affine? {
        guard let function = parameters(in: graph), function.isFinite else { return nil }
        return function
    }

    /// The numbers of the function, finite or not.
    func parameters(in graph: Graph) -> Affine? {
        if case .binary(let payload) = node.op { return arithmetic(payload.kind, in: graph) }
        guard case .batchNormalization(let payload) = node.op else {
            return Affine(scale: [-1], shift: [0])
        }
        let parameters = node.inputs.dropFirst().compactMap { graph.smallConstant($0) }
        return payload.scaleAndShift(parameters).map { Affine(scale: $0, shift: $1) }
    }

    private func arithmetic(_ kind: Binary.Kind, in graph: Graph) -> Affine? {
        guard let operands = graph.splitConstant(node),
            let values = graph.smallConstant(operands.constant)
        else { return nil }
        let ones = values.map { _ in 1.0 }
        let zeros = values.map { _ in 0.0 }
        switch kind {
        case .add: return Affine(scale: ones, shift: values)
        case .subtract where operands.isFirst:
            return Affine(scale: ones.map { -$0 }, shift: values)
        case .subtract: return Affine(scale: ones, shift: values.map { -$0 })
        case .multiply: return Affine(scale: values, shift: zeros)
        case .divide: return Affine(scale: values.map { 1 / $0 }, shift: zeros)
        default: return nil
        }
    }

    private static func isAffine(_ kind: Binary.Kind, constantFirst: Bool) -> Bool {
        switch kind {
        case .add, .subtract, .multiply: true
        case .divide: !constantFirst
        default: false
        }
    }

    /// The axis of `shape` along which a constant varies; blocked if it varies along several.
    private static func layout(_ constant: Shape, in shape: Shape) -> AxisPassage {
        let varying = constant.dims.indices.filter { constant.dims[$0] != 1 }
        guard let axis = varying.first else { return .uniform }
        return varying.count == 1 ? .axis(axis + shape.rank - constant.rank) : .blocked
    }
}

extension GraphWriter {
    /// Adds the fewest nodes that compute an affine function: nothing, ADD, MUL or a batch normalization.
    func addAffine(_ function: Affine, axis: Int?, to x: ValueID) throws -> ValueID {
        if function.scalesNothing, function.shiftsNothing { return x }
        let shape = shape(of: x)
        if function.shiftsNothing {
            return try addArithmetic(.multiply, function.scale, axis: axis, to: x)
        }
        if function.scalesNothing {
            return try addArithmetic(.add, function.shift, axis: axis, to: x)
        }
        let axis = axis ?? shape.rank - 1
        try ResourceBudget.current.require(
            saturatingProduct(shape[axis], 32), for: "the scales of a layer")
        let full = function.expanded(to: shape[axis])
        let count = full.scale.count
        let parameters = [
            (full.scale, "gamma"), (full.shift, "beta"),
            ([Double](repeating: 0, count: count), "mean"),
            ([Double](repeating: 1, count: count), "variance"),
        ].map { constant(Constant($0.0, [count]), role: $0.1) }
        return try add(BatchNormalization(axis: axis, epsilon: 0).op, [x] + parameters)
    }

    /// Adds an operation with a constant that varies along `axis`.
    func addArithmetic(
        _ kind: Binary.Kind, _ values: [Double], axis: Int?, to x: ValueID
    ) throws -> ValueID {
        var shape = Shape([])
        if values.contains(where: { $0 != values[0] }), let axis {
            let ones = [Int](repeating: 1, count: self.shape(of: x).rank - 1 - axis)
            shape = Shape([values.count] + ones)
        }
        let elements = shape.rank == 0 ? [values[0]] : values
        let operand = constant(Constant(elements, shape), role: "\(kind.rawValue)/y")
        return try add(Binary(kind).op, [x, operand])
    }
}
