import Foundations
import TestSupport
import Tensors
import Testing

/// A dense array of doubles with the operations of a constant's views, done element by element.
private struct NaiveArray {
    var shape: [Int]
    var values: [Double]

    /// The array whose element at each index is `value(index)`.
    private static func make(_ shape: [Int], _ value: ([Int]) -> Double) -> NaiveArray {
        let count = shape.reduce(1, *)
        let values = (0..<count).map { position in
            var rest = position
            var index = shape
            for axis in shape.indices.reversed() {
                index[axis] = rest % shape[axis]
                rest /= shape[axis]
            }
            return value(index)
        }
        return NaiveArray(shape: shape, values: values)
    }

    private func at(_ index: [Int]) -> Double {
        values[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }

    func permuted(_ axes: [Int]) -> NaiveArray {
        Self.make(axes.map { shape[$0] }) { index in
            var from = index
            for (position, axis) in axes.enumerated() { from[axis] = index[position] }
            return at(from)
        }
    }

    func scaled(by factor: [Double], axis: Int) -> NaiveArray {
        Self.make(shape) { at($0) * factor[$0[axis]] }
    }

    func sliced(_ range: Range<Int>, axis: Int) -> NaiveArray {
        var result = shape
        result[axis] = range.count
        return Self.make(result) { index in
            var from = index
            from[axis] += range.lowerBound
            return at(from)
        }
    }

    func broadcast(to target: [Int]) -> NaiveArray {
        let added = target.count - shape.count
        return Self.make(target) { index in
            at(shape.indices.map { shape[$0] == 1 ? 0 : index[$0 + added] })
        }
    }

    func reshaped(_ target: [Int]) -> NaiveArray {
        NaiveArray(shape: target, values: values)
    }
}

@Suite struct ConstantViewTests {
    static let floatTypes: [DType] = [.float32, .float64, .float16, .bfloat16]

    /// The largest relative error of the elements read, per type: half a unit in the last place, and double rounding.
    static func tolerance(_ dtype: DType) -> Double {
        switch dtype {
        case .float16: 0x1p-10
        case .bfloat16: 0x1p-7
        case .float32: 0x1p-22
        default: 0x1p-48
        }
    }

    @Test(arguments: floatTypes, floatTypes)
    func compositionsEqualTheNaiveOnes(stored: DType, dtype: DType) {
        var random = SplitMix64(seed: UInt64(stored.byteCount * 100 + dtype.byteCount))
        for _ in 0..<60 * Campaign.factor {
            let shape = (0..<random.below(5)).map { _ in random.below(8) + 1 }
            let values = (0..<shape.reduce(1, *)).map { _ in Double(random.below(255) - 127) / 8 }
            let source = Constant(Tensor(dtype: .float64, shape: Shape(shape), copying: values))
                .cast(to: stored).tensor()
            var constant = Constant(source, as: dtype)
            var naive = NaiveArray(shape: shape, values: values)
            for _ in 0..<random.below(7) { change(&constant, &naive, &random) }
            check(constant, naive)
        }
    }

    private func change(
        _ constant: inout Constant, _ naive: inout NaiveArray, _ random: inout SplitMix64
    ) {
        let rank = naive.shape.count
        switch random.below(6) {
        case 0:
            let axes = Array(0..<rank).shuffled(using: &random)
            (constant, naive) = (constant.permuted(axes), naive.permuted(axes))
        case 1:
            guard rank > 0 else { return }
            let axis = random.below(rank)
            let factor = (0..<naive.shape[axis]).map { _ in Double(random.below(200) + 1) / 60 }
            constant = constant.scaled(by: factor, axis: axis)
            naive = naive.scaled(by: factor, axis: axis)
        case 2:
            guard rank > 0 else { return }
            let axis = random.below(rank)
            let start = random.below(naive.shape[axis])
            let range = start..<start + 1 + random.below(naive.shape[axis] - start)
            constant = constant.sliced(range, axis: axis)
            naive = naive.sliced(range, axis: axis)
        case 3:
            var target = naive.shape.map { $0 == 1 ? random.below(3) + 1 : $0 }
            if target.count < 5, random.below(2) == 0 { target.insert(2, at: 0) }
            guard target.reduce(1, *) < 20_000 else { return }
            constant = constant.broadcast(to: Shape(target))
            naive = naive.broadcast(to: target)
        default:
            let target = random.factorization(of: naive.values.count)
            (constant, naive) = (constant.reshaped(Shape(target)), naive.reshaped(target))
        }
    }

    private func check(_ constant: Constant, _ naive: NaiveArray) {
        #expect(constant.shape.dims == naive.shape)
        let doubles = constant.doubles()
        let read = Constant(constant.tensor()).doubles()
        let byRows = Constant(readingRowByRow(constant)).doubles()
        #expect(read == byRows)
        let tolerance = Self.tolerance(constant.dtype)
        let wrong = naive.values.indices.filter {
            let expected = naive.values[$0]
            return abs(doubles[$0] - expected) > abs(expected) * tolerance
                || abs(read[$0] - expected) > abs(expected) * tolerance
        }
        #expect(wrong.isEmpty)
    }

    private func readingRowByRow(_ constant: Constant) -> Tensor {
        Tensor(dtype: constant.dtype, shape: constant.shape) { target in
            for row in 0..<constant.rowCount {
                let start = row * constant.rowByteCount
                constant.fill(
                    UnsafeMutableRawBufferPointer(
                        rebasing: target[start..<start + constant.rowByteCount]), fromRow: row)
            }
        }
    }

    @Test(arguments: [DType.int8, .uint8, .int16, .int32, .int64, .uint64, .bool])
    func integersArePermutedBitByBit(dtype: DType) {
        var random = SplitMix64(seed: 7)
        let count = 18 * 131 * 5
        let bytes = (0..<count * dtype.byteCount).map { _ in UInt8(random.below(256)) }
        let tensor = Tensor(dtype: dtype, shape: [18, 131, 5], copying: bytes)
        let read = Constant(tensor).permuted([2, 1, 0]).tensor().array(of: UInt8.self)
        let size = dtype.byteCount
        let wrong = (0..<count).filter { position in
            let (k, j, i) = (position / (131 * 18), position / 18 % 131, position % 18)
            let from = ((i * 131 + j) * 5 + k) * size
            return read[position * size..<(position + 1) * size] != bytes[from..<from + size]
        }
        #expect(wrong.isEmpty)
    }

    @Test func castsTruncateAndSaturate() {
        let values = [-1e20, -300.7, -1.5, -0.0, 0.5, 2.9, 255, 300, .nan, .infinity]
        let constant = Constant(Tensor(dtype: .float64, shape: [10], copying: values))
        #expect(
            constant.cast(to: .int8).tensor().array(of: Int8.self)
                == [-128, -128, -1, 0, 0, 2, 127, 127, 0, 127])
        #expect(
            constant.cast(to: .uint8).tensor().array(of: UInt8.self)
                == [0, 0, 0, 0, 0, 2, 255, 255, 0, 255])
        #expect(
            constant.cast(to: .bool).tensor().array(of: UInt8.self)
                == [1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
        #expect(
            constant.cast(to: .int32).cast(to: .float32).doubles().prefix(4)
                == [Double(Int32.min), -300, -1, 0])
    }

    @Test func scalarsAndEmptyViewsCanBeRead() {
        let scalar = Constant(Tensor([Float(3)], [1])).scaled(by: [2], axis: 0).reshaped([])
        #expect(scalar.scalarValue == 6)
        #expect(scalar.tensor().array(of: Float.self) == [6])
        let matrix = Constant(Tensor([1, 2, 3, 4, 5, 6] as [Float], [2, 3]))
        for axis in 0..<2 {
            for start in [0, matrix.shape[axis]] {
                let empty = matrix.sliced(start..<start, axis: axis)
                    .permuted([1, 0]).scaled(by: [], axis: 1 - axis)
                #expect(empty.tensor().count == 0)
                #expect(empty.doubles() == [])
                #expect(empty.reshaped([5, 0]).tensor().shape == [5, 0])
                #expect(matrix.sliced(start..<start, axis: axis).contiguousBytes?.count == 0)
            }
        }
    }

    @Test func viewsShareStorageWhereStridesAllow() {
        let kernel = Constant(Tensor((0..<24).map { Float($0) }, [2, 3, 4]))
        #expect(kernel.reshaped([6, 4]).contiguousBytes != nil)
        #expect(kernel.reshaped([6, 4]).view == kernel.reshaped([6, 4]).view)
        let turned = kernel.permuted([2, 0, 1])
        #expect(turned.contiguousBytes == nil)
        #expect(turned.reshaped([4, 6]).view == kernel.reshaped([6, 4]).permuted([1, 0]).view)
        #expect(turned.view != kernel.view)
        #expect(kernel.scaled(by: [1, 2], axis: 0).view != kernel.view)
    }

    @Test func productsAreRoundedOnce() {
        let third = 1.0 / 3
        let constant = Constant(Tensor([0.1], [1, 1]))
            .scaled(by: [third], axis: 0).scaled(by: [3], axis: 1)
        #expect(
            constant.tensor().array(of: Float.self) == [Float(Double(Float(0.1)) * (third * 3))])
        #expect(constant.materialized().doubles() == [Double(Float(0.1)) * (third * 3)])
    }

    @Test(arguments: floatTypes) func nonFiniteElementsAreFound(dtype: DType) {
        let size = 10_007
        var values = (0..<size).map { Double($0 % 200 - 100) }
        func constant() -> Constant {
            Constant(
                Constant(Tensor(dtype: .float64, shape: [size], copying: values))
                    .cast(to: dtype).tensor())
        }
        #expect(!constant().containsNonFinite)
        for bad in [Double.nan, .infinity, -.infinity] {
            for position in [0, 5000, size - 1] {
                values[position] = bad
                #expect(constant().containsNonFinite)
                #expect(!constant().sliced(1..<5000, axis: 0).containsNonFinite)
                values[position] = 0
            }
        }
    }
}
