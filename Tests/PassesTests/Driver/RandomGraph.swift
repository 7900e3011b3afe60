import Foundations
import GraphIR
import Tensors
import TestSupport

/// Makes small graphs of operations that passes look for, wired at random.
struct RandomGraph {
    private let builder = GraphBuilder(name: "random")
    private var generator: SplitMix64
    /// Values of shape [batch, 4, 4, 4], in either layout.
    private var images: [ValueID] = []
    private var layerCount = 0

    static func make(seed: UInt64, operations: Int) throws -> Graph {
        var maker = RandomGraph(generator: SplitMix64(seed: seed))
        return try maker.build(operations)
    }

    private init(generator: SplitMix64) {
        self.generator = generator
    }

    private mutating func build(_ operations: Int) throws -> Graph {
        let isFree = Bool.random(using: &generator)
        images = [builder.input(.float32(isFree ? -1 : 2, 4, 4, 4), name: "x")]
        for _ in 0..<operations {
            layerCount += 1
            builder.layer = "layer\(layerCount)"
            let input = pickImage()
            let value = try operation(on: input)
            builder.finish(value, asOutputOf: builder.layer)
            if builder.shape(of: value) == builder.shape(of: images[0]) {
                images.append(value)
            } else {
                builder.output(try head(value), name: "head\(layerCount)")
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

    private mutating func int(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func constant(
        _ dims: [Int], _ range: Range<Double> = -1..<1
    ) -> ValueID {
        let values = (0..<Shape(dims).elementCount).map { _ in
            Double.random(in: range, using: &generator)
        }
        return builder.constant(Constant(values, Shape(dims)), role: "parameter\(int(1 << 30))")
    }

    private mutating func operation(on x: ValueID) throws -> ValueID {
        switch int(15) {
        case 0...1: return try convolution(x)
        case 2...4:
            let parameters = [
                constant([4], 0.5..<1.5), constant([4]), constant([4]), constant([4], 0.2..<2),
            ]
            let axis = int(3) == 0 ? 1 + int(3) : 3
            return try builder.add(
                BatchNormalization(axis: axis, epsilon: 1e-3).op, [x] + parameters)
        case 5:
            let kinds: [Unary.Kind] = [.relu, .relu6, .reluN1To1, .tanh, .neg, .sigmoid]
            return try builder.unary(kinds[int(kinds.count)], x)
        case 6...7:
            let kinds: [Binary.Kind] = [.add, .subtract, .multiply, .divide, .maximum]
            let dims = [[], [4], [4, 1, 1], [1, 1, 1, 4], [1, 4, 1]][int(5)]
            let operands = [x, constant(dims, 0.5..<2)]
            let isSwapped = int(4) == 0
            let kind = isSwapped ? .subtract : kinds[int(kinds.count)]
            return try builder.binary(
                kind, operands[isSwapped ? 1 : 0], operands[isSwapped ? 0 : 1])
        case 8: return try builder.binary([.add, .multiply][int(2)], x, pickImage())
        case 9...10:
            let permutations = [[0, 3, 1, 2], [0, 2, 3, 1], [0, 2, 1, 3]]
            return try builder.transpose(x, permutations[int(3)])
        case 11: return try builder.reshape(builder.reshape(x, [-1, 16, 4]), [-1, 4, 4, 4])
        case 12: return try window(x)
        case 13:
            let joined = try builder.concatenate([x, pickImage()], axis: 3)
            let begin = int(5)
            return try builder.slice(joined, axis: 3, from: begin, count: 4)
        default:
            let gate = try builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
            return try builder.multiply(x, builder.binary(.multiply, gate, 0.5))
        }
    }

    private mutating func convolution(_ x: ValueID) throws -> ValueID {
        let size = [1, 3][int(2)]
        var inputs = [x]
        let padding = Padding.same
        if int(2) == 0 {
            inputs.append(constant([4, size, size, int(4) == 0 ? 2 : 4], -0.4..<0.4))
        } else {
            inputs.append(constant([1, size, size, 4]))
        }
        if int(2) == 0 { inputs.append(constant([4])) }
        let isDepthwise = builder.shape(of: inputs[1])[0] == 1
        return try builder.add(
            isDepthwise ? DepthwiseConv2D(padding: padding).op : Conv2D(padding: padding).op, inputs
        )
    }

    private mutating func window(_ x: ValueID) throws -> ValueID {
        let pads = int(2) == 0
        let one = PadAmount(1, 1)
        let amounts: [PadAmount] =
            pads ? [.none, one, one, .none] : [.none, PadAmount(0, 2), one, .none]
        let padded = try builder.pad(x, amounts)
        switch int(3) {
        case 0:
            return try builder.add(
                Pool2D(kind: .max, window: Size2D(3, 3), strides: .one).op, [padded])
        case 1:
            return try builder.add(
                Pool2D(kind: .average, window: Size2D(3, 3), strides: .one).op, [padded])
        default:
            return try builder.add(Conv2D().op, [padded, constant([4, 3, 3, 4], -0.4..<0.4)])
        }
    }

    private mutating func head(_ x: ValueID) throws -> ValueID {
        builder.layer = "head\(layerCount)"
        switch int(3) {
        case 0:
            let pooled = try builder.reduce(.mean, x, axes: [1, 2])
            return try builder.add(FullyConnected().op, [pooled, constant([4, 4])])
        case 1:
            let count = builder.shape(of: x).dims.dropFirst().reduce(1, *)
            let flat = try builder.reshape(x, [-1, count])
            return try builder.add(FullyConnected().op, [flat, constant([3, count], -0.2..<0.2)])
        default: return try builder.unary(.relu, x)
        }
    }
}
