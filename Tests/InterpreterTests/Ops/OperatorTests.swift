import Interpreter
import Problems
import TFLiteFormat
import Tensors
import Testing

/// The output of one operator on one float input and constants.
private func value(
    _ builtin: BuiltinOperator, _ x: [Float], _ shape: Shape, to result: Shape,
    constants: [Tensor] = [], options: (any OptionsTable)? = nil
) throws -> [Float] {
    var builder = ModelBuilder()
    let input = builder.input(shape, name: "x")
    let others = constants.map { builder.constant($0) }
    let output = builder.tensor(result)
    builder.add(builtin, [input] + others, [output], options)
    let model = try builder.load(outputs: [output])
    let tensor = try model.makeSession().run([LiteTensor(x, shape: shape.dims)])[0]
    #expect(tensor.shape == result.dims)
    return try tensor.values()
}

private func list(_ values: Int32...) -> Tensor { Tensor(values, [values.count]) }

@Test func stridedSlicesFollowTheirMasks() throws {
    let x = (0..<24).map { Float($0) }
    func slice(
        _ begin: Tensor, _ end: Tensor, _ steps: Tensor, _ options: StridedSliceOptions,
        to result: Shape
    ) throws -> [Float] {
        try value(
            .stridedSlice, x, [2, 3, 4], to: result, constants: [begin, end, steps],
            options: options)
    }
    let reversed = try slice(
        list(0, 0, 0), list(0, 0, 0), list(1, -1, 2),
        StridedSliceOptions(beginMask: 7, endMask: 7), to: [2, 3, 2])
    #expect(reversed.prefix(4) == [8, 10, 4, 6])
    let shrunk = try slice(
        list(-1, 0), list(0, 0), list(1, 1),
        StridedSliceOptions(beginMask: 2, endMask: 2, shrinkAxisMask: 1), to: [3, 4])
    #expect(shrunk == Array(x[12...]))
    let ellipsis = try slice(
        list(0, 0, 1), list(0, 0, 3), list(1, 1, 1),
        StridedSliceOptions(beginMask: 0, endMask: 0, ellipsisMask: 1, newAxisMask: 2),
        to: [2, 3, 1, 2])
    #expect(ellipsis.prefix(4) == [1, 2, 5, 6])
    let offset = try slice(
        list(0, 1, 2), list(1, 2, 2), list(1, 1, 1),
        StridedSliceOptions(beginMask: 0, endMask: 0, endIsOffset: true),
        to: [1, 2, 2])
    #expect(offset == [6, 7, 10, 11])
}

@Test func fullyConnectedFlattensUnlessItKeepsItsRank() throws {
    let weights = Tensor([Float(1), 1, 1, 0], [2, 2])
    for (keeps, shape) in [(false, [4, 2] as Shape), (true, [2, 2, 2])] {
        let result = try value(
            .fullyConnected, [1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2], to: shape, constants: [weights],
            options: FullyConnectedOptions(activation: .none, keepsRank: keeps))
        #expect(result == [3, 1, 7, 3, 11, 5, 15, 7])
    }
}

@Test func reshapesTakeTheirTensorBeforeTheirOptions() throws {
    let options = ReshapeOptions(newShape: [4])
    let x: [Float] = [1, 2, 3, 4]
    #expect(
        try value(.reshape, x, [4], to: [2, 2], constants: [list(2, -1)], options: options) == x)
    #expect(try value(.reshape, x, [2, 2], to: [4], options: options) == x)
    #expect(throws: LiteModelError.self) {
        try value(.reshape, x, [4], to: [3, 1], constants: [list(3, -1)])
    }
}

@Test func shapesThatAreComputedFromShapesAreKnown() throws {
    var builder = ModelBuilder()
    let x = builder.input([-1, 2, 3], name: "x")
    let shape = builder.tensor([3], .int32)
    builder.add(.shape, [x], [shape], ShapeOptions(outputType: .int32))
    let batch = builder.tensor([], .int32)
    builder.add(
        .stridedSlice,
        [shape, builder.integers([0]), builder.integers([1]), builder.integers([1])],
        [batch], StridedSliceOptions(beginMask: 0, endMask: 0, shrinkAxisMask: 1))
    let six = builder.constant(Tensor([Int32(6)], []))
    let target = builder.tensor([2], .int32)
    builder.add(.pack, [batch, six], [target], PackOptions(inputCount: 2, axis: 0))
    let y = builder.tensor([-1, 6])
    builder.add(.reshape, [x, target], [y])
    let session = try builder.load(outputs: [y]).makeSession()
    let result = try session.run([LiteTensor((0..<24).map { Float($0) }, shape: [4, 2, 3])])
    #expect(result[0].shape == [4, 6])
    #expect(try result[0].values() == (0..<24).map { Float($0) })
}

@Test func halfPrecisionConstantsAreWidened() throws {
    var builder = ModelBuilder()
    let x = builder.input([2], name: "x")
    let half = builder.constant(
        Tensor(dtype: .float16, shape: [2], copying: [0x3E00, 0xC000] as [UInt16]))
    let wide = builder.tensor([2])
    builder.add(.dequantize, [half], [wide], version: 3)
    let y = builder.tensor([2])
    builder.add(.mul, [x, wide], [y], MulOptions(activation: .relu))
    #expect(try builder.load(outputs: [y]).floats([2, 3]) == [3, 0])
}

@Test func splitsAndPacksAreInverse() throws {
    var builder = ModelBuilder()
    let x = builder.input([2, 4], name: "x")
    let parts = [builder.tensor([2, 1]), builder.tensor([2, 3])]
    builder.add(
        .splitV, [x, builder.integers([-1, 3]), builder.constant(Tensor([Int32(1)], []))], parts,
        SplitVOptions(splitCount: 2))
    let y = builder.tensor([2, 4])
    builder.add(
        .concatenation, [parts[1], parts[0]], [y], ConcatenationOptions(axis: -1))
    let rows = [builder.tensor([4]), builder.tensor([4])]
    builder.add(.unpack, [y], rows, UnpackOptions(count: 2, axis: 0))
    #expect(
        try builder.load(outputs: [rows[1], rows[0]]).floats([1, 2, 3, 4, 5, 6, 7, 8])
            == [6, 7, 8, 5])
}

@Test func indicesOutOfRangeAreAnErrorOfTheRun() throws {
    var builder = ModelBuilder()
    let ids = builder.input([2], .int32, name: "ids")
    let y = builder.tensor([2, 2])
    let table = builder.constant(Tensor([Float(1), 2, 3, 4, 5, 6], [3, 2]))
    builder.add(.embeddingLookup, [ids, table], [y])
    let session = try builder.load(outputs: [y]).makeSession()
    let rows = try session.run([LiteTensor([Int32(2), 0], shape: [2])])
    #expect(try rows[0].values() == [5, 6, 1, 2] as [Float])
    for id in [3, -1] as [Int32] {
        #expect(throws: LiteModelError.self) {
            try session.run([LiteTensor([id, 0], shape: [2])])
        }
    }
}

@Test func unknownOperatorsAreNamedWithTheirVersion() throws {
    var builder = ModelBuilder()
    let x = builder.input([2], name: "x")
    let y = builder.tensor([2])
    builder.add(.skipGram, [x], [y], version: 4)
    do {
        _ = try builder.load(outputs: [y])
        Issue.record("SKIP_GRAM was loaded")
    } catch let error as LiteModelError {
        #expect(error.code == .unsupported)
        #expect(error.message.contains("SKIP_GRAM version 4"))
    }
}

@Test func contradictionsAreFoundOnLoading() throws {
    var early = ModelBuilder()
    let x = early.input([2], name: "x")
    let (later, y) = (early.tensor([2]), early.tensor([2]))
    early.add(.add, [x, later], [y], AddOptions())
    early.add(.neg, [x], [later])
    #expect(throws: LiteModelError.self) { try early.load(outputs: [y]) }

    var twice = ModelBuilder()
    let input = twice.input([2], name: "x")
    let output = twice.tensor([2])
    twice.add(.neg, [input], [output])
    twice.add(.abs, [input], [output])
    #expect(throws: LiteModelError.self) { try twice.load(outputs: [output]) }

    var mistyped = ModelBuilder()
    let source = mistyped.input([2], name: "x")
    let target = mistyped.tensor([2], .int32)
    mistyped.add(.neg, [source], [target])
    #expect(throws: LiteModelError.self) { try mistyped.load(outputs: [target]) }
}

@Test func memoryBeyondTheLimitIsRefused() throws {
    var builder = ModelBuilder()
    let x = builder.input([1000], name: "x")
    let y = builder.tensor([1000, 1000])
    builder.add(.broadcastTo, [x, builder.integers([1000, 1000])], [y], version: 2)
    #expect(throws: LiteModelError.self) { try builder.load(outputs: [y], memoryLimit: 1 << 20) }
    #expect(try builder.load(outputs: [y], memoryLimit: 1 << 23).makeSession().arenaByteCount > 0)
}
