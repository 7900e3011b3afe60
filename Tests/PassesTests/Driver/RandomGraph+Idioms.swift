import GraphIR
import Tensors

extension RandomGraph {
    /// Several operations that a pass knows as a whole, with extents of their own.
    mutating func idiom(on x: ValueID) throws -> ValueID {
        switch int(5) {
        case 0: return try function(x)
        case 1: return try normalization(x)
        case 2: return try layout(x)
        case 3: return try filter(x)
        default: return try layers(x)
        }
    }

    /// A function of elements, spelled out.
    private mutating func function(_ x: ValueID) throws -> ValueID {
        switch int(7) {
        case 0:
            let gate = try builder.unary(.relu6, builder.binary(.add, x, 3))
            return try builder.binary(.divide, builder.multiply(x, gate), 6)
        case 1: return try builder.binary(.maximum, x, builder.binary(.multiply, x, 0.2))
        case 2: return try builder.multiply(x, builder.unary(.tanh, builder.softplus(x)))
        case 3:
            return try builder.binary(.minimum, builder.binary(.maximum, x, 0), [6, 4][int(2)])
        case 4: return try builder.unary(.square, builder.subtract(x, pickImage(like: x)))
        case 5:
            let positive = try builder.binary(.add, builder.unary(.abs, x), 0.5)
            return try builder.binary(.power, positive, [2, 0.5, -0.5, -1][int(4)])
        default: return try builder.unary(.relu, builder.unary(.relu6, x))
        }
    }

    private mutating func normalization(_ x: ValueID) throws -> ValueID {
        switch int(3) {
        case 0:
            let top = try builder.reduce(.max, x, axes: [3], keepDimensions: true)
            let powers = try builder.unary(.exp, builder.subtract(x, top))
            return try builder.divide(
                powers, builder.reduce(.sum, powers, axes: [3], keepDimensions: true))
        case 1:
            let squares = try builder.reduce(
                .sum, builder.unary(.square, x), axes: [3], keepDimensions: true)
            let length = try builder.unary(.rsqrt, builder.binary(.maximum, squares, 1e-12))
            return try builder.multiply(x, length)
        default:
            let top = try builder.reduce(.max, x, axes: [1, 2])
            let dims = builder.shape(of: x).dims
            return try builder.subtract(x, builder.reshape(top, [-1, 1, 1, dims[3]]))
        }
    }

    /// Moves of elements around operations that do without them.
    private mutating func layout(_ x: ValueID) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        switch int(8) {
        case 0:
            let rows = try builder.reshape(x, [-1, dims[1], dims[2] * dims[3]])
            let image = try builder.reshape(rows, [-1, 1, dims[1], dims[2] * dims[3]])
            let larger = try builder.add(
                Resize(.nearest, to: .factor(Size2D(1, 2))).op, [image])
            return try builder.reshape(larger, [-1, 2 * dims[1], dims[2] * dims[3]])
        case 1:
            let flat = try builder.reshape(
                builder.transpose(x, [0, 3, 1, 2]), [-1, dims[1] * dims[2] * dims[3]])
            return try builder.add(
                FullyConnected().op, [flat, constant([3, dims[1] * dims[2] * dims[3]])])
        case 2:
            let rows = try builder.reshape(x, [-1, dims[3]])
            let y = try builder.add(FullyConnected().op, [rows, constant([3, dims[3]])])
            return try builder.reshape(y, [-1, dims[1], dims[2], 3])
        case 3:
            let turned = try builder.transpose(x, [0, 1, 3, 2])
            return try builder.add(BatchMatMul().op, [turned, pickImage(like: x)])
        case 4:
            let pooled = try builder.reduce(.max, x, axes: [1, 2], keepDimensions: true)
            return try builder.transpose(pooled, [0, 3, 1, 2])
        case 6:
            let row = try builder.slice(x, axis: 1, from: int(dims[1]), count: 1)
            return try builder.reshape(builder.unary(.tanh, row), [-1, dims[2], dims[3]])
        case 5:
            let first = try builder.pad(x, [.none, PadAmount(1, 0), .none, .none])
            return try builder.pad(first, [.none, PadAmount(0, 1), PadAmount(1, 1), .none])
        default:
            let row = try builder.add(
                .tile(Tile([1, 1, dims[2], 1])), [factors([1, dims[1], 1, dims[3]])])
            return try builder.add(x, row)
        }
    }

    /// A convolution whose filter has a structure.
    private mutating func filter(_ x: ValueID) throws -> ValueID {
        let channels = builder.shape(of: x)[3]
        let outputs = 2 + int(4)
        switch int(4) {
        case 0:
            // Zero outside of the middle.
            let middle = 1...3
            let weights = filter(outputs, 5, channels) { number, y, x, _, _ in
                middle.contains(y) && middle.contains(x) ? number : 0
            }
            return try builder.add(Conv2D(padding: .same).op, [x, weights])
        case 1:
            // A filter of its own for each channel.
            let weights = filter(channels, 3, channels) { $3 == $4 ? $0 : 0 }
            return try builder.add(Conv2D(padding: .same).op, [x, weights])
        case 2:
            // The same windows for all outputs, times a factor.
            let weights = filter(outputs, 3, channels) { _, y, x, input, output in
                Double((y * 3 + x + input) % 5 - 2) * (0.2 + 0.1 * Double(output))
            }
            return try builder.add(Conv2D(padding: .same).op, [x, weights])
        default:
            let pool = Pool2D(kind: .max, window: .one, strides: Size2D(2, 2))
            let y = try builder.add(
                Conv2D().op, [x, filter(outputs, 1, channels) { w, _, _, _, _ in w }])
            return try builder.add(pool.op, [int(2) == 0 ? y : x])
        }
    }

    /// A filter `[outputs, size, size, inputs]` of what is made of a random number, the row, the column and both channels.
    private mutating func filter(
        _ outputs: Int, _ size: Int, _ inputs: Int,
        _ weight: (Double, Int, Int, Int, Int) -> Double
    ) -> ValueID {
        var weights: [Double] = []
        for output in 0..<outputs {
            for place in 0..<size * size {
                for input in 0..<inputs {
                    let number = Double(int(2001)) / 1000 - 1
                    weights.append(weight(number, place / size, place % size, input, output))
                }
            }
        }
        return constant(weights, [outputs, size, size, inputs])
    }

    /// Layers that merge with each other.
    private mutating func layers(_ x: ValueID) throws -> ValueID {
        let channels = builder.shape(of: x)[3]
        let (inner, outer) = (2 + int(4), 1 + int(3))
        switch int(4) {
        case 2:
            let scaled = try builder.multiply(x, factors([channels]))
            let first = try builder.add(Conv2D().op, [scaled, constant([outer, 1, 1, channels])])
            let second = try builder.add(Conv2D().op, [scaled, constant([outer, 1, 1, channels])])
            return try builder.multiply(first, second)
        case 0:
            let y = try builder.add(
                Conv2D(padding: .same).op, [x, constant([inner, 3, 3, channels], -0.4..<0.4)])
            return try builder.add(Conv2D().op, [y, constant([outer, 1, 1, inner])])
        case 1:
            let first = try builder.add(Conv2D().op, [x, constant([inner, 1, 1, channels])])
            let second = try builder.add(Conv2D().op, [x, constant([outer, 1, 1, channels])])
            return try builder.concatenate([first, second], axis: 3)
        default:
            // A channel that is zero, and two that are equal.
            let weights = filter(inner + 1, 1, channels) { number, _, _, input, output in
                output == 0 ? 0 : output <= 2 ? Double(input) - 0.5 : number
            }
            let y = try builder.unary(.relu, builder.add(Conv2D().op, [x, weights]))
            return try builder.add(Conv2D().op, [y, constant([outer, 1, 1, inner + 1])])
        }
    }
}
