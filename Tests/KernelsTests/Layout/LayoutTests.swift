import Kernels
import Tensors
import TestSupport
import Testing

/// Expected values with a TensorFlow function's name in the test are that function's, version 2.21.
@Suite struct LayoutTests {
    private func moved<Element: BitwiseCopyable>(
        _ count: Int, _ start: Element, _ move: (UnsafeMutableRawPointer) -> Void
    ) -> [Element] {
        var result = [Element](repeating: start, count: count)
        result.withUnsafeMutableBytes { if let base = $0.baseAddress { move(base) } }
        return result
    }

    private func sequence<Element: FixedWidthInteger>(_ count: Int, _: Element.Type) -> [Element] {
        (0..<count).map { Element(truncatingIfNeeded: $0) }
    }

    @Test func transposeFollowsEveryPermutation() {
        func check<Element: FixedWidthInteger & BitwiseCopyable>(_: Element.Type, _ size: Int) {
            let shape: Shape = [3, 1, 37, 18]
            let x = sequence(shape.elementCount, Element.self)
            withEvery(
                Choice("permutation", [[0, 1, 2, 3], [0, 2, 3, 1], [3, 2, 1, 0], [2, 0, 3, 1]])
            ) { permutation in
                let result = moved(x.count, Element(0)) {
                    LayoutKernels.transpose(
                        shape, permutation: permutation, elementSize: size, input: x, output: $0)
                }
                let target = Shape(permutation.map { shape[$0] }).strides
                let source = shape.strides
                var index = 0
                for a in 0..<3 {
                    for c in 0..<37 {
                        for d in 0..<18 {
                            let coordinates = [a, 0, c, d]
                            let from = zip(coordinates, source).reduce(0) { $0 + $1.0 * $1.1 }
                            let to = zip(permutation, target).reduce(0) {
                                $0 + coordinates[$1.0] * $1.1
                            }
                            if result[to] != x[from] { index += 1 }
                        }
                    }
                }
                #expect(index == 0, "\(Combination.current)")
            }
        }
        check(UInt8.self, 1)
        check(UInt16.self, 2)
        check(UInt32.self, 4)
        check(UInt64.self, 8)
    }

    @Test func transposeOfEveryShape() {
        let permutations = [
            [0, 1, 2, 3], [0, 1, 3, 2], [0, 2, 1, 3], [0, 2, 3, 1], [0, 3, 1, 2], [0, 3, 2, 1],
            [1, 0, 3, 2], [2, 3, 0, 1], [3, 0, 1, 2], [3, 2, 1, 0], [1, 3, 0, 2],
        ]
        withEvery(
            Choice(
                "shape",
                [
                    [1, 50, 3, 1], [2, 9, 4, 16], [5, 3, 2, 70], [3, 17, 19, 2], [2, 33, 21, 3],
                    [4, 4, 4, 4], [1, 2, 130, 67], [6, 5, 9, 12],
                ] as [Shape]), Choice("permutation", permutations)
        ) { shape, permutation in
            func check<Element: FixedWidthInteger & BitwiseCopyable>(_: Element.Type) {
                let x = sequence(shape.elementCount, Element.self)
                let result = moved(x.count, Element(0)) {
                    LayoutKernels.transpose(
                        shape, permutation: permutation, elementSize: MemoryLayout<Element>.size,
                        input: x, output: $0)
                }
                let extents = permutation.map { shape[$0] }
                let strides = permutation.map { shape.strides[$0] }
                let expected = x.indices.map { position in
                    var (rest, source) = (position, 0)
                    for axis in (0..<4).reversed() {
                        source += rest % extents[axis] * strides[axis]
                        rest /= extents[axis]
                    }
                    return x[source]
                }
                #expect(result == expected, "\(Combination.current)")
            }
            check(Int32.self)
            check(Int64.self)
            check(UInt8.self)
        }
    }

    @Test func slicesWithEveryStep() {
        let shape: Shape = [5, 40, 37]
        let x = sequence(shape.elementCount, Int32.self)
        withEvery(
            Choice("first", [1, -1, 2]), Choice("second", [1, -1, 3]),
            Choice("third", [1, -1, 2, -2, 5]), Choice("size", [1, 2, 4, 8])
        ) { first, second, third, size in
            let steps = [first, second, third]
            let begin = zip(steps, shape.dims).map { $0 < 0 ? $1 - 1 : 0 }
            let extents = zip(steps, shape.dims).map { ($1 - 1) / abs($0) + 1 }
            func check<Element: FixedWidthInteger & BitwiseCopyable>(_: Element.Type) {
                let x = x.map { Element(truncatingIfNeeded: $0) }
                var expected: [Element] = []
                for a in 0..<extents[0] {
                    for b in 0..<extents[1] {
                        for c in 0..<extents[2] {
                            let row = (begin[0] + a * first) * 40 + begin[1] + b * second
                            expected.append(x[row * 37 + begin[2] + c * third])
                        }
                    }
                }
                let result = moved(expected.count, Element(0)) {
                    LayoutKernels.slice(
                        shape, begin: begin, extents: extents, steps: steps,
                        elementSize: MemoryLayout<Element>.size, input: x, output: $0)
                }
                #expect(result == expected, "\(Combination.current)")
            }
            switch size {
            case 1: check(UInt8.self)
            case 2: check(UInt16.self)
            case 4: check(UInt32.self)
            default: check(UInt64.self)
            }
        }
    }

    @Test func spaceToDepthAndBack() {
        let x = sequence(16, Int32.self)
        let known: [Int32] = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15]
        let spread = moved(16, Int32(0)) {
            LayoutKernels.depthToSpace(
                [1, 1, 2, 8], block: 2, elementSize: 4, input: x, output: $0)
        }
        #expect(spread == known)
        let back = moved(16, Int32(0)) {
            LayoutKernels.spaceToDepth(
                [1, 2, 4, 2], block: 2, elementSize: 4, input: spread, output: $0)
        }
        #expect(back == x)
    }

    @Test func slicesAndReversals() {
        let x = sequence(12, Int16.self)
        let slice = moved(4, Int16(0)) {
            LayoutKernels.slice(
                [3, 4], begin: [2, 1], extents: [2, 2], steps: [-2, 2], elementSize: 2, input: x,
                output: $0)
        }
        #expect(slice == [9, 11, 1, 3])
        let reversed = moved(12, Int16(0)) {
            LayoutKernels.reverse([3, 4], axes: [1], elementSize: 2, input: x, output: $0)
        }
        #expect(reversed == [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8])
    }

    @Test func repetitions() {
        let x = sequence(2, Int64.self)
        let tiled = moved(8, Int64(0)) {
            LayoutKernels.tile([2, 1], multiples: [2, 2], elementSize: 8, input: x, output: $0)
        }
        #expect(tiled == [0, 0, 1, 1, 0, 0, 1, 1])
        let broadcast = moved(12, Int64(0)) {
            LayoutKernels.broadcast([2, 1], to: [2, 2, 3], elementSize: 8, input: x, output: $0)
        }
        #expect(broadcast == [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1])
    }

    @Test func concatenationAlongTheMiddle() {
        let (a, b) = (sequence(4, UInt8.self), [10, 11] as [UInt8])
        let joined = a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                moved(6, UInt8(0)) { output in
                    guard let a = a.baseAddress, let b = b.baseAddress else { return }
                    LayoutKernels.concatenate(
                        [([2, 2], a), ([2, 1], b)], axis: 1, elementSize: 1, output: output)
                }
            }
        }
        #expect(joined == [0, 1, 10, 2, 3, 11])
    }

    @Test func padsWithAValueOrCrops() {
        let x: [Int32] = [1, 2, 3, 4, 5, 6]
        let padded = moved(8, Int32(0)) {
            LayoutKernels.pad(
                [2, 3], before: [1, -1], after: [1, 0], elementSize: 4, value: [9] as [Int32],
                input: x, output: $0)
        }
        #expect(padded == [9, 9, 2, 3, 5, 6, 9, 9])
    }

    @Test func mirrorsLikePad() {
        let x: [Int32] = [1, 2, 3, 4, 5, 6]
        let reflected = moved(18, Int32(0)) {
            LayoutKernels.mirrorPad(
                [2, 3], before: [1, 2], after: [0, 1], mode: .reflect, elementSize: 4, input: x,
                output: $0)
        }
        #expect(reflected == [6, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5])
        let symmetric = moved(30, Int32(0)) {
            LayoutKernels.mirrorPad(
                [2, 3], before: [1, 2], after: [2, 1], mode: .symmetric, elementSize: 4, input: x,
                output: $0)
        }
        let (upper, lower): ([Int32], [Int32]) = ([2, 1, 1, 2, 3, 3], [5, 4, 4, 5, 6, 6])
        #expect(symmetric == upper + upper + lower + lower + upper)
    }

    @Test func gathersSlicesOfEverySize() {
        withEvery(Choice("inner", Array(1...40) + [64, 128, 300])) { inner in
            let x = sequence(2 * 7 * inner, Int32.self)
            let indices: [Int64] = [3, 0, 6, 6, 1]
            let result = moved(2 * 5 * inner, Int32(0)) { output in
                let fits = LayoutKernels.gather(
                    [2, 7, inner], axis: 1, indicesShape: [5], indices: indices, elementSize: 4,
                    input: x, output: output)
                #expect(fits)
            }
            let expected = (0..<2).flatMap { row in
                indices.flatMap { index in
                    let first = (row * 7 + Int(index)) * inner
                    return x[first..<first + inner]
                }
            }
            #expect(result == expected, "\(Combination.current)")
        }
    }

    @Test func gathersLikeGather() {
        let x = sequence(12, Int32.self)
        var fits = false
        let batched = moved(8, Int32(0)) {
            fits = LayoutKernels.gather(
                [2, 3, 2], axis: 1, batchDims: 1, indicesShape: [2, 2],
                indices: [2, 0, 1, 1] as [Int32], elementSize: 4, input: x, output: $0)
        }
        #expect(fits && batched == [4, 5, 0, 1, 8, 9, 8, 9])
        let plain = moved(8, Int32(0)) {
            fits = LayoutKernels.gather(
                [2, 3, 2], axis: 1, indicesShape: [2], indices: [2, 0] as [Int64], elementSize: 4,
                input: x, output: $0)
        }
        #expect(fits && plain == [4, 5, 0, 1, 10, 11, 6, 7])
        for outside in [-1, 3] as [Int64] {
            _ = moved(4, Int32(0)) {
                fits = LayoutKernels.gather(
                    [2, 3, 2], axis: 1, indicesShape: [1], indices: [outside], elementSize: 4,
                    input: x, output: $0)
            }
            #expect(!fits)
        }
    }
}
