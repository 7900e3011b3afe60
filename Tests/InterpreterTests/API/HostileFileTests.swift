import Interpreter
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// A file with many kinds of operators.
private func variedNetwork() throws -> [UInt8] {
    var builder = ModelBuilder()
    let x = builder.input([1, 4, 4, 4], name: "x")
    var y = builder.tensor([1, 9, 9, 2])
    builder.add(
        .transposeConv,
        [
            builder.integers([1, 9, 9, 2]),
            builder.constant(Tensor([Float](repeating: 0.1, count: 72), [2, 3, 3, 4])), x,
        ], [y],
        TransposeConvOptions(padding: .valid, strideWidth: 2, strideHeight: 2))
    func then(
        _ builtin: BuiltinOperator, _ others: [TensorIndex], _ shape: Shape,
        _ options: (any OptionsTable)? = nil
    ) {
        let next = builder.tensor(shape)
        builder.add(builtin, [y] + others, [next], options)
        y = next
    }
    let pool = Pool2DOptions(
        padding: .same, strideWidth: 2, strideHeight: 2, filterWidth: 3, filterHeight: 3)
    then(.maxPool2D, [], [1, 5, 5, 2], pool)
    then(.averagePool2D, [], [1, 3, 3, 2], pool)
    let filter = builder.constant(Tensor([Float](repeating: 0.5, count: 36), [1, 3, 3, 4]))
    let depthwise = DepthwiseConv2DOptions(
        padding: .same, strideWidth: 1, strideHeight: 1, depthMultiplier: 2)
    then(.depthwiseConv2D, [filter, -1], [1, 3, 3, 4], depthwise)
    then(.pad, [builder.constant(Tensor([Int32](repeating: 1, count: 8), [4, 2]))], [3, 5, 5, 6])
    then(.transpose, [builder.integers([3, 1, 2, 0])], [6, 5, 5, 3])
    then(
        .stridedSlice,
        [
            builder.integers([0, 0, 0, 0]), builder.integers([6, 4, 4, 3]),
            builder.integers([1, 1, 2, 1]),
        ], [6, 4, 2, 3], StridedSliceOptions(beginMask: 0, endMask: 0))
    then(.mean, [builder.integers([1, 2])], [6, 3], ReducerOptions())
    then(.gather, [builder.integers([5, 0, 1])], [3, 3], GatherOptions())
    then(.tile, [builder.integers([2, 1])], [6, 3])
    then(.cumsum, [builder.constant(Tensor([Int32(1)], []))], [6, 3], CumsumOptions())
    return try builder.bytes(outputs: [y])
}

/// Loads and runs a file of any contents; returns whether it ran.
func survives(_ bytes: [UInt8]) -> Bool {
    do {
        let model = try LiteModel(
            bytes: bytes, options: .init(threads: 1, memoryLimit: 1 << 24))
        let tensors = try model.inputs.map { input in
            let shape = input.shape.map { $0 == -1 ? 1 : $0 }
            let size = shape.reduce(input.elementType.byteCount, *)
            return try [UInt8](repeating: 0, count: size).withUnsafeBytes {
                try LiteTensor(bytes: $0, elementType: input.elementType, shape: shape)
            }
        }
        var limits = ResourceLimits()
        limits.steps = 200_000_000
        _ = try limits.apply { try model.makeSession().run(tensors) }
        return true
    } catch {
        return false
    }
}

@Test func damagedFilesNeverCrash() throws {
    for (index, file) in [try smallNetwork(), try variedNetwork()].enumerated() {
        let runs = survives(file)
        #expect(runs)
        var failures = 0
        Damage.mutate(file, count: 4000, seed: UInt64(index + 1)) {
            if !survives($0) { failures += 1 }
        }
        #expect(failures > 100 && failures < 4000)
        var complete = 0
        Damage.truncate(file, count: 200) {
            if survives($0) { complete += 1 }
        }
        #expect(complete < 10, "only the padding at the end can be missed")
    }
}

@Test func hugeExtentsAreRefused() throws {
    for dims in [[1 << 30, 1 << 30, 4], [0, Int(Int32.max), Int(Int32.max)]] {
        var builder = ModelBuilder()
        let x = builder.input(Shape(dims), name: "x")
        let y = builder.tensor(Shape(dims))
        builder.add(.neg, [x], [y])
        #expect(throws: LiteModelError.self) { try builder.load(outputs: [y]) }
    }
}
