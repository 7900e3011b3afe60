import Foundations
import GraphIR
import Tensors
import TestSupport

/// Makes small graphs of operations that passes look for, wired at random.
struct RandomGraph {
    /// What constants are made of.
    enum Numbers: CaseIterable {
        case positive, bothSigns
        /// Both signs, some of them thousands.
        case large
        /// Both signs, a third of them zero.
        case zeros
    }

    let builder = GraphBuilder(name: "random")
    let numbers: Numbers
    private var generator: SplitMix64
    /// Values of rank 4, in any layout.
    private var images: [ValueID] = []
    private var layerCount = 0

    /// A graph of about so many operations on images whose extents, equal or not, follow from the seed.
    static func make(seed: UInt64, operations: Int, numbers: Numbers = .positive) throws -> Graph {
        var maker = RandomGraph(numbers: numbers, generator: SplitMix64(seed: seed))
        return try maker.build(operations, isSquare: seed % 3 == 0)
    }

    private init(numbers: Numbers, generator: SplitMix64) {
        self.numbers = numbers
        self.generator = generator
    }

    private mutating func build(_ operations: Int, isSquare: Bool) throws -> Graph {
        let isFree = Bool.random(using: &generator)
        let extents = isSquare ? [4, 4, 4] : (0..<3).map { _ in 1 + int(6) }
        images = [
            builder.input(.float32(isFree ? -1 : 2, extents[0], extents[1], extents[2]), name: "x")
        ]
        for _ in 0..<operations {
            layerCount += 1
            builder.layer = "layer\(layerCount)"
            let input = pickImage()
            let value = try int(3) == 0 ? idiom(on: input) : operation(on: input)
            builder.finish(value, asOutputOf: builder.layer)
            let shape = builder.shape(of: value)
            if shape.rank == 4, shape[0] == builder.shape(of: images[0])[0] {
                images.append(value)
            } else {
                builder.output(value, name: "other\(layerCount)")
            }
        }
        if let last = images.last { builder.output(try head(last), name: "last") }
        if int(3) == 0 { builder.output(pickImage(), name: "inner") }
        return builder.graph
    }

    /// Mostly the last value, so that chains are long.
    private mutating func pickImage() -> ValueID {
        let index = int(4) == 0 ? int(images.count) : images.count - 1
        return images[index]
    }

    /// A value of the same shape, perhaps the same value.
    mutating func pickImage(like x: ValueID) -> ValueID {
        let alike = images.filter { builder.type(of: $0) == builder.type(of: x) }
        return alike.isEmpty ? x : alike[int(alike.count)]
    }

    mutating func int(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    mutating func constant(_ dims: [Int], _ range: Range<Double> = -1..<1) -> ValueID {
        let values = (0..<Shape(dims).elementCount).map { _ in
            Double.random(in: range, using: &generator)
        }
        return constant(values, dims)
    }

    func constant(_ values: [Double], _ dims: [Int]) -> ValueID {
        builder.constant(Constant(values, Shape(dims)), role: "parameter")
    }

    /// Factors and terms of the kind that the graph is made of; nothing is near zero unless it is zero.
    mutating func factors(_ dims: [Int]) -> ValueID {
        let values = (0..<Shape(dims).elementCount).map { _ in
            let number = Double.random(in: 0.5..<2, using: &generator)
            let isNegative = numbers != .positive && int(2) == 0
            let isOther = int(3) == 0
            let size = numbers == .large && isOther ? 1000.0 : numbers == .zeros && isOther ? 0 : 1
            return isNegative ? -number * size : number * size
        }
        return constant(values, dims)
    }

    private mutating func operation(on x: ValueID) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        switch int(15) {
        case 0...1: return try convolution(x)
        case 2...4:
            let axis = int(3) == 0 ? 1 + int(3) : 3
            let count = [dims[axis]]
            let parameters = [
                factors(count), constant(count), constant(count), constant(count, 0.2..<2),
            ]
            return try builder.add(
                BatchNormalization(axis: axis, epsilon: 1e-3).op, [x] + parameters)
        case 5:
            let kinds: [Unary.Kind] = [.relu, .relu6, .reluN1To1, .tanh, .neg, .sigmoid, .abs]
            return try builder.unary(kinds[int(kinds.count)], x)
        case 6...7: return try arithmetic(x)
        case 8:
            return try builder.binary([.add, .multiply, .subtract][int(3)], x, pickImage(like: x))
        case 9...10:
            let permutations = [[0, 3, 1, 2], [0, 2, 3, 1], [0, 2, 1, 3]]
            return try builder.transpose(x, permutations[int(3)])
        case 11:
            let flat = try builder.reshape(x, [-1, dims[1] * dims[2], dims[3]])
            return try builder.reshape(flat, [-1, dims[1], dims[2], dims[3]])
        case 12: return try window(x)
        case 13:
            let joined = try builder.concatenate([x, pickImage(like: x)], axis: 3)
            return try builder.slice(joined, axis: 3, from: int(dims[3] + 1), count: dims[3])
        default:
            let gate = try builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
            return try builder.multiply(x, builder.binary(.multiply, gate, 0.5))
        }
    }

    private mutating func arithmetic(_ x: ValueID) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        var kinds: [Binary.Kind] = [.add, .subtract, .multiply, .maximum]
        if numbers != .zeros { kinds.append(.divide) }
        let shapes = [[], [dims[3]], [dims[1], 1, 1], [1, 1, 1, dims[3]], [1, dims[2], 1]]
        let operands = [x, factors(shapes[int(5)])]
        let isSwapped = int(4) == 0
        let kind = isSwapped ? .subtract : kinds[int(kinds.count)]
        return try builder.binary(kind, operands[isSwapped ? 1 : 0], operands[isSwapped ? 0 : 1])
    }

    private mutating func convolution(_ x: ValueID) throws -> ValueID {
        let channels = builder.shape(of: x)[3]
        let size = [1, 3][int(2)]
        let isDepthwise = int(2) == 0
        let groups = channels % 2 == 0 && int(4) == 0 ? 2 : 1
        let outputs = isDepthwise ? channels * (1 + int(2)) : groups * (1 + int(3))
        var inputs = [
            x,
            isDepthwise
                ? constant([1, size, size, outputs])
                : constant([outputs, size, size, channels / groups], -0.4..<0.4),
        ]
        if int(2) == 0 { inputs.append(constant([outputs])) }
        return try builder.add(
            isDepthwise ? DepthwiseConv2D(padding: .same).op : Conv2D(padding: .same).op, inputs)
    }

    private mutating func window(_ x: ValueID) throws -> ValueID {
        let one = PadAmount(1, 1)
        let amounts: [PadAmount] =
            int(2) == 0 ? [.none, one, one, .none] : [.none, PadAmount(0, 2), one, .none]
        let padded = try builder.pad(x, amounts, value: [0, 0, 1.5][int(3)])
        let channels = builder.shape(of: x)[3]
        switch int(3) {
        case 0:
            return try builder.add(
                Pool2D(kind: .max, window: Size2D(3, 3), strides: .one).op, [padded])
        case 1:
            return try builder.add(
                Pool2D(kind: .average, window: Size2D(3, 3), strides: .one).op, [padded])
        default:
            return try builder.add(
                Conv2D().op, [padded, constant([1 + int(4), 3, 3, channels], -0.4..<0.4)])
        }
    }

    private mutating func head(_ x: ValueID) throws -> ValueID {
        builder.layer = "head\(layerCount)"
        let dims = builder.shape(of: x).dims
        switch int(3) {
        case 0:
            let pooled = try builder.reduce(.mean, x, axes: [1, 2])
            return try builder.add(FullyConnected().op, [pooled, constant([4, dims[3]])])
        case 1:
            let count = dims.dropFirst().reduce(1, *)
            let flat = try builder.reshape(x, [-1, count])
            return try builder.add(FullyConnected().op, [flat, constant([3, count], -0.2..<0.2)])
        default: return try builder.unary(.relu, x)
        }
    }
}
