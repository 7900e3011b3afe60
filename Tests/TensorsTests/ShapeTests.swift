import Tensors
import Testing

@Suite struct ShapeTests {
    @Test(
        arguments: [
            ([], [], []), ([3], [], [3]), ([2, 1], [3], [2, 3]),
            ([4, 1, 5], [1, 3, 1], [4, 3, 5]),
            ([0], [1], [0]), ([-1, 3], [3], [-1, 3]), ([-1], [1], [-1]), ([-1], [4], [4]),
            ([-1], [-1], [-1]), ([2], [3], nil), ([2, 3], [2], nil), ([0], [2], nil),
        ] as [([Int], [Int], [Int]?)])
    func broadcasting(a: [Int], b: [Int], expected: [Int]?) {
        #expect(Shape.broadcast(Shape(a), Shape(b))?.dims == expected)
        #expect(Shape.broadcast(Shape(b), Shape(a))?.dims == expected)
    }

    @Test func countsSaturate() {
        #expect(([2, 3, 4] as Shape).elementCount == 24)
        #expect((Shape.scalar).elementCount == 1)
        #expect(([-1, 3] as Shape).elementCount == 3)
        #expect(([5, 0] as Shape).elementCount == 0)
        let huge = Shape([1 << 40, 1 << 40])
        #expect(huge.elementCount == Int.max)
        #expect(huge.strides == [1 << 40, 1])
        #expect(Constant(Tensor([Float(1)], [1])).broadcast(to: huge).byteCount == Int.max)
    }

    @Test func axesCountFromBothEnds() {
        let shape: Shape = [2, 3, 4]
        #expect(shape[-1] == 4)
        #expect(shape.normalizedAxis(-3) == 0)
        #expect(shape.normalizedAxis(3) == nil)
        #expect(shape.normalizedAxis(-4) == nil)
        #expect(shape.strides == [12, 4, 1])
    }

    @Test func description() {
        #expect(([-1, 224, 3] as Shape).description == "?×224×3")
        #expect(Shape.scalar.description == "scalar")
        #expect(([-1, 2] as Shape).resolvingFree().dims == [1, 2])
    }
}
