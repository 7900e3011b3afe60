import Foundations
import Evaluation
import GraphIR
import Tensors
import TestSupport
import Testing

/// Computes operations to see whether what they say about themselves is true.
@Suite struct OpFactsTests {
    /// One operation with the inputs it is computed on.
    struct Case: Sendable, CustomTestStringConvertible {
        let op: Op
        let types: [TensorType]

        init(_ payload: any Operation, _ types: TensorType...) {
            op = payload.op
            self.types = types
        }

        var testDescription: String { "\(op)" }
    }

    static let image = TensorType.float32(2, 4, 6, 4)

    static let cases: [Case] = [
        Case(Conv2D(), image, .float32(3, 1, 1, 4)),
        Case(Conv2D(padding: .same), image, .float32(3, 3, 3, 4)),
        Case(Conv2D(strides: Size2D(2, 3), padding: .same), image, .float32(3, 2, 3, 4)),
        Case(Conv2D(dilations: Size2D(1, 2)), image, .float32(6, 3, 3, 2)),
        Case(DepthwiseConv2D(padding: .same), image, .float32(1, 3, 3, 8)),
        Case(DepthwiseConv2D(), image, .float32(1, 2, 2, 4)),
        Case(
            TransposeConv2D(strides: Size2D(2, 2), size: Size2D(8, 12)), image,
            .float32(3, 2, 2, 4)),
        Case(Conv3D(padding: .same), .float32(1, 3, 4, 4, 2), .float32(2, 1, 1, 2, 3)),
        Case(
            Conv3D(strides: Size3D(2, 1, 1), padding: .same), .float32(1, 4, 4, 4, 2),
            .float32(2, 3, 1, 2, 3)),
        Case(FullyConnected(), image, .float32(5, 4)),
        Case(BatchMatMul(), .float32(2, 3, 4), .float32(2, 4, 5)),
        Case(
            Pool2D(kind: .max, window: Size2D(2, 2), strides: Size2D(2, 1), padding: .same), image),
        Case(Pool2D(kind: .average, window: Size2D(3, 2), strides: .one, padding: .same), image),
        Case(Pool2D(kind: .average, window: .one, strides: .one), image),
        Case(Unary(.neg), image), Case(Unary(.abs), image), Case(Unary(.relu), image),
        Case(Unary(.exp), image),
        Case(Binary(.add), image, image), Case(Binary(.add), image, .float32(4)),
        Case(Binary(.multiply), image, .float32(6, 1)),
        Case(Binary(.divide), image, .float32(4)), Case(Binary(.subtract), image, image),
        Case(Binary(.add, activation: .relu), image, image), Case(Binary(.maximum), image, image),
        Case(LeakyReLU(alpha: 0.2), image), Case(LeakyReLU(alpha: 1), image),
        Case(PReLU(), image, .float32(4)), Case(GELU(approximate: false), image),
        Case(Softmax(), image), Case(LogSoftmax(), image), Case(L2Normalization(), image),
        Case(LocalResponseNormalization(radius: 1, bias: 1, alpha: 0.5, beta: 0.5), image),
        Case(Reduce(.mean, axes: [1, 2], keepDimensions: false), image),
        Case(Reduce(.sum, axes: [1], keepDimensions: true), image),
        Case(Reduce(.max, axes: [0, 2], keepDimensions: false), image),
        Case(Reduce(.min, axes: [3], keepDimensions: true), image),
        Case(Reduce(.product, axes: [1], keepDimensions: false), image),
        Case(Reduce(.max, axes: [1], keepDimensions: true), .float32(2, 1, 3)),
        Case(CumulativeSum(axis: 1), image),
        Case(CumulativeSum(axis: 1, exclusive: true), .float32(2, 1, 3)),
        Case(CumulativeSum(axis: 1), .float32(2, 1, 3)),
        Case(TopK(k: 2), image), Case(ArgExtremum(.max, axis: 2), image),
        Case(Reshape([8, 6, 4]), image), Case(Reshape([2, -1]), image),
        Case(Reshape([2, 1, 4, 6, 4]), image), Case(Reshape([2, 4, 6, 4]), image),
        Case(ReshapeLike([.axis(0, ofInput: 0), .rest]), image),
        Case(Transpose([0, 3, 1, 2]), image), Case(Transpose([0, 1]), .float32(3, 4)),
        Case(Concatenate(axis: 2), image, .float32(2, 4, 3, 4)), Case(Concatenate(axis: 1), image),
        Case(Pad([.none, PadAmount(1, 0), .none, PadAmount(0, 2)]), image),
        Case(Pad([.none, PadAmount(1, 0)], value: 2), .float32(3, 4)),
        Case(Pad(.none(rank: 4), value: 2), image),
        Case(MirrorPad([.none, PadAmount(1, 0), .none, PadAmount(0, 2)], mode: .reflect), image),
        Case(Slice(begin: [0, 1, 0, 0], sizes: [2, 2, -1, 4]), image),
        Case(Slice(begin: [0, 0, 0, 0], sizes: [2, 2, 6, 4], strides: [1, 2, 1, 1]), image),
        Case(Slice(begin: [0, 0], sizes: [-1, 4]), .float32(3, 4)),
        Case(
            BoundedSlice(begin: [0, -2], end: [BoundedSlice.open, BoundedSlice.open]),
            .float32(3, 4)),
        Case(
            BoundedSlice(begin: [0, 0], end: [BoundedSlice.open, BoundedSlice.open]),
            .float32(3, 4)),
        Case(Gather(axis: 1), .float32(3, 4, 5), TensorType(.int32, [2, 2])),
        Case(
            Gather(axis: 1, batchDimensions: 1), .float32(2, 4, 5), TensorType(.int32, [2, 3])),
        Case(Cast(to: .int32), image), Case(Cast(to: .float32), image),
        Case(ChangeStorage(), image),
        Case(Select(), TensorType(.bool, [2, 4, 6, 4]), image, image),
        Case(Resize(.nearest, to: .size(Size2D(8, 9))), image),
        Case(Resize(.bilinear, to: .factor(Size2D(2, 3))), image),
        Case(Resize(.bilinear, to: .size(Size2D(4, 6))), image),
        Case(Resize(.nearest, to: .factor(.one)), image),
        Case(Tile([1, 2, 1, 3]), image), Case(Tile([1, 1]), .float32(3, 4)),
        Case(Broadcast([3, 2, 4, 5]), .float32(4, 1)), Case(Broadcast([3, 4]), .float32(3, 4)),
        Case(BroadcastLike([.axis(0, ofInput: 1), .known(4)]), .float32(4), .float32(3)),
        Case(Reverse(axes: [1, 3]), image), Case(Reverse(axes: [1]), .float32(2, 1, 3)),
        Case(
            ReverseSequence(axis: 1, batchAxis: 0), .float32(3, 4, 2), TensorType(.int32, [3])),
        Case(
            ReverseSequence(axis: 0, batchAxis: 2), .float32(4, 3, 2), TensorType(.int32, [2])),
        Case(DepthToSpace(blockSize: 2), image), Case(DepthToSpace(blockSize: 1), image),
        Case(SpaceToDepth(blockSize: 2), image), Case(SpaceToDepth(blockSize: 1), image),
    ]

    @Test(arguments: cases)
    func linearityIsTrue(_ test: Case) throws {
        let inputs = test.inputs
        let linearity = test.op.payload.linearity(for: test.types)
        let y = try test.outputs(inputs)
        func agree(_ changed: [Tensor], _ scale: Double, _ shift: Double) throws {
            let found = try test.outputs(changed)
            #expect(
                zip(found, y).allSatisfy { abs($0 - (scale * $1 + shift)) <= 1e-4 * (1 + abs($1)) },
                "\(linearity)")
        }
        let (scale, shift) = (2.5, -0.75)
        var changed = inputs
        switch linearity {
        case .selection, .mean:
            changed[0] = inputs[0].mapped { -scale * $0 + shift }
            try agree(changed, -scale, shift)
        case .extremum:
            changed[0] = inputs[0].mapped { scale * $0 + shift }
            try agree(changed, scale, shift)
        case .homogeneous:
            changed[0] = inputs[0].mapped { scale * $0 }
            try agree(changed, scale, 0)
        case .linear:
            changed[0] = inputs[0].mapped { -scale * $0 }
            try agree(changed, -scale, 0)
        case .bilinear:
            for index in 0...1 {
                changed = inputs
                changed[index] = inputs[index].mapped { -scale * $0 }
                try agree(changed, -scale, 0)
            }
        case .sum:
            changed = [
                inputs[0].mapped { scale * $0 + shift }, inputs[1].mapped { scale * $0 },
            ]
            try agree(changed, scale, shift)
        case .joining:
            try agree(inputs.map { $0.mapped { -scale * $0 + shift } }, -scale, shift)
        case .filter(let axes):
            changed[0] = inputs[0].mapped { -scale * $0 }
            try agree(changed, -scale, 0)
            changed[0] = inputs[0].mapped { _ in 1 }
            let constant = try test.outputs(changed)
            let channels = test.types[1].shape[axes.output]
            let isConstant = constant.indices.allSatisfy {
                abs(constant[$0] - constant[$0 % channels]) < 1e-4
            }
            #expect(isConstant != axes.meetsBorder)
        case .elementwise, .opaque: break
        }
    }

    /// An axis that stays the same is one along which a change at one index reaches that index alone.
    @Test(arguments: cases)
    func axesAreTrue(_ test: Case) throws {
        let axes = test.op.payload.axes(for: test.types)
        guard axes.layout != .free else { return }
        let output = try test.op.outputTypes(for: test.types)[0].shape
        #expect(axes == .opaque || axes.origins.count == output.rank)
        let y = try test.outputs(test.inputs)
        for (axis, origin) in axes.origins.enumerated() {
            guard case .same(let own) = origin else { continue }
            let shape = test.types[0].shape
            #expect(shape[own] == output[axis])
            #expect(axes.passage(onFrom: own) == .axis(axis) || shape[own] == 1)
            let index = shape[own] - 1
            var inputs = test.inputs
            inputs[0] = inputs[0].mapped { position, value in
                position / shape.strides[own] % shape[own] == index ? value * 3 + 1 : value
            }
            let found = try test.outputs(inputs)
            let stays = found.indices.allSatisfy { position in
                position / output.strides[axis] % output[axis] == index
                    || found[position] == y[position]
            }
            #expect(stays, "axis \(axis)")
        }
    }

    @Test(arguments: cases)
    func identitiesGiveTheirInputBack(_ test: Case) throws {
        let output = try test.op.outputTypes(for: test.types)
        guard output == [test.types[0]], test.op.payload.isIdentity(on: test.types) else { return }
        #expect(try test.outputs(test.inputs) == Constant(test.inputs[0]).doubles())
    }

    /// The operation on a tensor and on its transpose agree once the attributes have been moved.
    @Test(arguments: cases)
    func namedAxesCanBeMoved(_ test: Case) throws {
        let axes = test.op.payload.axes(for: test.types)
        guard axes.layout == .named, test.types.count == 1 else { return }
        let rank = test.types[0].shape.rank
        let permutation = Array((0..<rank).reversed())
        let transposed = Constant(test.inputs[0]).permuted(permutation).tensor()
        var mover = AxisPermutation(permutation)
        // What the moved operation does on x, the operation does on x transposed; so move back.
        let moved = test.op.payload.visited(by: &mover)
        let y = try moved.evaluate(inputs: [transposed])[0]
        let origins = moved.payload.axes(for: [TensorType(y.dtype, transposed.shape)]).origins
        let order = axes.origins.compactMap { origin in
            origins.firstIndex { $0.axis.map { permutation[$0] } == origin.axis }
        }
        let expected = try test.outputs(test.inputs)
        #expect(Constant(y).permuted(order).doubles() == expected)
    }
}

extension OpFactsTests.Case {
    /// Numbers that all inputs can take.
    fileprivate var inputs: [Tensor] {
        var generator = SplitMix64(seed: 5)
        return types.map { Tensor.random($0, using: &generator) }
    }

    /// The elements of the first output.
    fileprivate func outputs(_ inputs: [Tensor]) throws -> [Double] {
        Constant(try op.evaluate(inputs: inputs)[0]).doubles()
    }
}

extension Tensor {
    fileprivate func mapped(_ transform: (Double) -> Double) -> Tensor {
        mapped { _, value in transform(value) }
    }

    fileprivate func mapped(_ transform: (Int, Double) -> Double) -> Tensor {
        let values = Constant(self).doubles().enumerated().map { transform($0.offset, $0.element) }
        return Constant(Tensor(dtype: .float64, shape: shape, copying: values), as: dtype).tensor()
    }
}
