import Foundations
import Tensors

/// What small tensors hold that a model computes from shapes and constants, found without running it.
struct ShapeArithmetic {
    /// An element.
    enum Element {
        case number(Double)
        /// The extent of a value along an axis, counted from the front.
        case extent(Int, ValueID)
        /// Something that is computed from free extents.
        case open
    }

    /// The most elements of a tensor that counts as small.
    private static let limit = 64

    private let graph: Graph
    private var known: [ValueID: [Element]?] = [:]

    init(_ graph: Graph) {
        self.graph = graph
    }

    /// The elements of a value in order; nil if they do not follow from shapes and constants.
    mutating func elements(of id: ValueID, depth: Int = 0) -> [Element]? {
        if let found = known[id] { return found }
        let value = graph[id]
        guard depth < 64, value.shape.rank <= 2, value.shape.isStatic,
            value.shape.elementCount <= Self.limit
        else { return nil }
        let found =
            value.constant.map { $0.doubles().map { .number($0) } }
            ?? graph.producer(of: id).flatMap { made(by: $0, value, depth + 1) }
        known[id] = .some(found)
        return found
    }

    private mutating func made(by node: Node, _ value: Value, _ depth: Int) -> [Element]? {
        let first = node.inputs.first
        if case .shapeOf = node.op, let first {
            return graph[first].shape.dims.enumerated().map { axis, extent in
                extent == Shape.free ? .extent(axis, first) : .number(Double(extent))
            }
        }
        if case .reshape = node.op, let first { return elements(of: first, depth: depth) }
        if case .cast = node.op { return mapped(first, value, depth) { $0 } }
        if case .unary(let unary) = node.op, let function = Self.function(unary.kind) {
            return mapped(first, value, depth, function)
        }
        if case .concatenate(let join) = node.op, join.axis == 0 {
            let parts = node.inputs.map { elements(of: $0, depth: depth) }
            return parts.allSatisfy { $0 != nil } ? parts.flatMap { $0 ?? [] } : nil
        }
        if case .slice(let slice) = node.op, let first {
            return part(slice, of: first, value, depth)
        }
        if case .gather(let gather) = node.op, gather.axis == 0 {
            return picked(node.inputs, depth)
        }
        if case .reduce(let reduce) = node.op, let first {
            return reduced(reduce, first, value, depth)
        }
        if case .binary(let binary) = node.op {
            return combined(binary.kind, node.inputs, value, depth)
        }
        return nil
    }

    private mutating func mapped(
        _ id: ValueID?, _ value: Value, _ depth: Int, _ function: (Double) -> Double
    ) -> [Element]? {
        guard let id else { return nil }
        return elements(of: id, depth: depth)?.map {
            Self.applied($0, as: value.dtype, function)
        }
    }

    private mutating func part(
        _ slice: Slice, of id: ValueID, _ value: Value, _ depth: Int
    ) -> [Element]? {
        guard slice.begin.count == 1, let all = elements(of: id, depth: depth) else { return nil }
        let indices = (0..<value.shape.elementCount).map {
            slice.begin[0] + $0 * slice.strides[0]
        }
        return indices.allSatisfy(all.indices.contains) ? indices.map { all[$0] } : nil
    }

    private mutating func picked(_ inputs: [ValueID], _ depth: Int) -> [Element]? {
        guard graph[inputs[0]].shape.rank == 1, let all = elements(of: inputs[0], depth: depth),
            let places = elements(of: inputs[1], depth: depth)
        else { return nil }
        let indices = places.map { if case .number(let place) = $0 { Int(place) } else { -1 } }
        return indices.allSatisfy(all.indices.contains) ? indices.map { all[$0] } : nil
    }

    private mutating func reduced(
        _ reduce: Reduce, _ id: ValueID, _ value: Value, _ depth: Int
    ) -> [Element]? {
        guard value.shape.elementCount == 1, let all = elements(of: id, depth: depth),
            let first = all.first
        else { return nil }
        let kind: Binary.Kind
        switch reduce.kind {
        case .sum: kind = .add
        case .product: kind = .multiply
        case .max: kind = .maximum
        case .min: kind = .minimum
        case .mean, .any, .all: return nil
        }
        return [all.dropFirst().reduce(first) { Self.combined(kind, $0, $1, as: value.dtype) }]
    }

    private mutating func combined(
        _ kind: Binary.Kind, _ inputs: [ValueID], _ value: Value, _ depth: Int
    ) -> [Element]? {
        guard let a = elements(of: inputs[0], depth: depth),
            let b = elements(of: inputs[1], depth: depth), !a.isEmpty, !b.isEmpty
        else { return nil }
        let count = value.shape.elementCount
        guard [1, count].contains(a.count), [1, count].contains(b.count) else { return nil }
        let isWhole = !graph[inputs[0]].dtype.isFloat
        return (0..<count).map { index in
            let (x, y) = (a[a.count == 1 ? 0 : index], b[b.count == 1 ? 0 : index])
            let result = Self.combined(kind, x, y, as: value.dtype)
            if isWhole, kind == .divide, case .number(let quotient) = result {
                return .number(quotient.rounded(.towardZero))
            }
            return result
        }
    }

    private static func combined(
        _ kind: Binary.Kind, _ a: Element, _ b: Element, as dtype: DType
    ) -> Element {
        guard case .number(let x) = a, case .number(let y) = b,
            let result = result(kind, x, y), result.isFinite
        else { return .open }
        return .number(dtype == .float32 ? Double(Float(result)) : result)
    }

    private static func result(_ kind: Binary.Kind, _ x: Double, _ y: Double) -> Double? {
        switch kind {
        case .add: x + y
        case .subtract: x - y
        case .multiply: x * y
        case .divide: x / y
        case .maximum: max(x, y)
        case .minimum: min(x, y)
        case .power: pow(x, y)
        case .squaredDifference: (x - y) * (x - y)
        case .floorDivide: (x / y).rounded(.down)
        case .floorModulo: x - y * (x / y).rounded(.down)
        case .arcTangent: atan2(x, y)
        case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .logicalAnd,
            .logicalOr:
            nil
        }
    }

    private static func function(_ kind: UnaryFunction) -> ((Double) -> Double)? {
        switch kind {
        case .neg: return { -$0 }
        case .abs: return { abs($0) }
        case .square: return { $0 * $0 }
        case .sqrt: return { $0.squareRoot() }
        case .floor: return { $0.rounded(.down) }
        case .ceil: return { $0.rounded(.up) }
        case .round: return { $0.rounded(.toNearestOrEven) }
        case .log: return { log($0) }
        case .exp: return { exp($0) }
        case .rsqrt, .sin, .cos, .sign, .tanh, .sigmoid, .relu, .relu6, .reluN1To1, .relu0To1,
            .elu, .hardSwish, .logicalNot:
            return nil
        }
    }

    /// A function of a number, rounded as elements of a type are; an extent stays one if its number would.
    private static func applied(
        _ element: Element, as dtype: DType, _ function: ((Double) -> Double)
    ) -> Element {
        guard case .number(let number) = element else {
            if case .extent = element, function(2) == 2 { return element }
            return .open
        }
        let result = function(number)
        guard result.isFinite else { return .open }
        return .number(
            dtype.isFloat ? Double(Float(result)) : result.rounded(.towardZero))
    }
}

extension GraphBuilder {
    /// What the elements of integers are: numbers, extents of values, or nil if they are computed from free ones.
    ///
    /// Nil as a whole if the integers do not follow from constants and shapes.
    package func shapeElements(_ value: ValueID) -> [Extent?]? {
        guard !dtype(of: value).isFloat, shape(of: value).rank <= 1 else { return nil }
        var arithmetic = ShapeArithmetic(graph)
        return arithmetic.elements(of: value)?.map { element in
            switch element {
            case .number(let number): Int(exactly: number).map { .known($0) }
            case .extent(let axis, let source): .axis(axis, of: source)
            case .open: nil
            }
        }
    }

    /// The elements of a small tensor that follow from constants and known extents; nil for any other.
    package func knownElements(_ value: ValueID) -> [Double]? {
        var arithmetic = ShapeArithmetic(graph)
        guard let elements = arithmetic.elements(of: value) else { return nil }
        let numbers = elements.compactMap { element -> Double? in
            if case .number(let number) = element { number } else { nil }
        }
        return numbers.count == elements.count ? numbers : nil
    }
}
