import Evaluation
import GraphIR
import Tensors
import Testing

private let x = Tensor([Float(1), 2, 3, 4, 5, 6], [2, 3])

@Test func reorderingsMoveElements() throws {
    #expect(try evaluate(.reshape(Reshape([3, -1])), [x]).shape == [3, 2])
    #expect(try floats(.transpose(Transpose([1, 0])), [x]) == [1, 4, 2, 5, 3, 6])
    #expect(try floats(.reverse(Reverse(axes: [1])), [x]) == [3, 2, 1, 6, 5, 4])
    let joined = try evaluate(
        .concatenate(Concatenate(axis: 1)), [x, Tensor([Float(7), 8], [2, 1])])
    #expect(joined.floats == [1, 2, 3, 7, 4, 5, 6, 8])
    let block = Tensor([Float(1), 2, 3, 4], [1, 2, 2, 1])
    let deep = try evaluate(.spaceToDepth(SpaceToDepth(blockSize: 2)), [block])
    #expect(deep.shape == [1, 1, 1, 4])
    #expect(try floats(.depthToSpace(DepthToSpace(blockSize: 2)), [deep]) == [1, 2, 3, 4])
}

@Test func bordersAreFilledOrMirrored() throws {
    let row = Tensor([Float(1), 2, 3], [3])
    #expect(try floats(.pad(Pad([PadAmount(1, 2)], value: -1)), [row]) == [-1, 1, 2, 3, -1, -1])
    let integers = try evaluate(.pad(Pad([PadAmount(0, 1)], value: 4)), [Tensor([Int32(1)], [1])])
    #expect(integers.array(of: Int32.self) == [1, 4])
    #expect(
        try floats(.mirrorPad(MirrorPad([PadAmount(2, 1)], mode: .reflect)), [row]) == [
            3, 2, 1, 2, 3, 2,
        ])
    #expect(
        try floats(.mirrorPad(MirrorPad([PadAmount(1, 1)], mode: .symmetric)), [row]) == [
            1, 1, 2, 3, 3,
        ])
}

@Test func slicesAndPicksTakeParts() throws {
    let slice = Slice(begin: [0, 0], sizes: [-1, 2], strides: [1, 2])
    #expect(try floats(.slice(slice), [x]) == [1, 3, 4, 6])
    let indices = Tensor([Int32(2), 0], [2])
    #expect(try floats(.gather(Gather(axis: 1)), [x, indices]) == [3, 1, 6, 4])
    #expect(throws: (any Error).self) {
        try Op.gather(Gather(axis: 0)).evaluate(inputs: [x, Tensor([Int32(2)], [1])])
    }
    #expect(try floats(.oneHot(OneHot(depth: 3)), [indices]) == [0, 0, 1, 1, 0, 0])
    let choice = try floats(
        .select(Select()), [.bools([true, false], [2, 1]), x, Tensor([Float(0)], [1])])
    #expect(choice == [1, 2, 3, 0, 0, 0])
}

@Test func repetitionsAndConversionsKeepValues() throws {
    #expect(try floats(.tile(Tile([1, 2])), [Tensor([Float(1), 2], [2, 1])]) == [1, 1, 2, 2])
    #expect(
        try floats(.broadcast(Broadcast([2, 2])), [Tensor([Float(1), 2], [2])]) == [1, 2, 1, 2])
    let integers = try evaluate(.cast(Cast(to: .int32)), [Tensor([Float(1.9), -1.9], [2])])
    #expect(integers.array(of: Int32.self) == [1, -1])
}

@Test func resizesSampleTheirCoordinates() throws {
    let image = Tensor([Float(0), 4], [1, 1, 2, 1])
    let size = Size2D(1, 4)
    #expect(try floats(.resize(Resize(.nearest, to: .size(size))), [image]) == [0, 0, 4, 4])
    #expect(try floats(.resize(Resize(.bilinear, to: .size(size))), [image]) == [0, 1, 3, 4])
    let legacy = Resize(.bilinear, to: .size(size), coordinates: .asymmetric)
    #expect(try floats(.resize(legacy), [image]) == [0, 2, 4, 4])
    let corners = Resize(.bilinear, to: .size(Size2D(1, 3)), coordinates: .alignCorners)
    #expect(try floats(.resize(corners), [image]) == [0, 2, 4])
}
