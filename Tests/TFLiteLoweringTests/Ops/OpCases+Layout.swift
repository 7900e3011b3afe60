import GraphIR
import Tensors

extension OpCase {
    static let reductions: [OpCase] =
        [
            (Reduce.Kind.sum, "SUM"), (.mean, "MEAN"), (.max, "REDUCE_MAX"),
            (.min, "REDUCE_MIN"), (.product, "REDUCE_PROD"),
        ].flatMap { kind, name in
            [
                OpCase(
                    "\(kind)", .reduce(Reduce(kind, axes: [1, 2], keepDimensions: true)),
                    [float(-1, 3, 4, 5)], name),
                OpCase(
                    "\(kind) of all", .reduce(Reduce(kind, axes: [0, 1], keepDimensions: false)),
                    [float(3, 4)], name),
                OpCase(
                    "\(kind) rank 6",
                    .reduce(Reduce(kind, axes: [1, 3, 5], keepDimensions: false)),
                    [float(2, 3, 2, 2, 1, 3)], name),
                OpCase(
                    "\(kind) int32", .reduce(Reduce(kind, axes: [1], keepDimensions: false)),
                    [typed(.int32, 2, 3)], name),
            ]
        } + [
            OpCase(
                "any", .reduce(Reduce(.any, axes: [1], keepDimensions: false)),
                [typed(.bool, 2, 3)], "REDUCE_ANY"),
            OpCase(
                "all", .reduce(Reduce(.all, axes: [1], keepDimensions: true)),
                [typed(.bool, 2, 3)], "REDUCE_ALL"),
            OpCase(
                "sum of no axis", .reduce(Reduce(.sum, axes: [], keepDimensions: false)),
                [float(2, 3)], "RESHAPE"),
            OpCase(
                "arg max", .argExtremum(ArgExtremum(.max, axis: 1)), [float(2, 5, 3)], "ARG_MAX"),
            OpCase(
                "arg min int64",
                .argExtremum(ArgExtremum(.min, axis: 2, outputType: .int64)), [float(2, 5, 3)],
                "ARG_MIN"),
            OpCase("top k", .topK(TopK(k: 3)), [float(4, 7)], "TOPK_V2"),
            OpCase(
                "cumulative sum", .cumulativeSum(CumulativeSum(axis: 1)), [float(2, 4, 3)],
                "CUMSUM"),
            OpCase(
                "cumulative sum backwards",
                .cumulativeSum(CumulativeSum(axis: 0, exclusive: true, reverse: true)),
                [float(4, 3)], "CUMSUM"),
            OpCase(
                "gather", .gather(Gather(axis: 0)), [weights(10, 4), typed(.int32, 2, 3)],
                "GATHER"),
            OpCase(
                "gather batched", .gather(Gather(axis: 2, batchDimensions: 1)),
                [float(2, 3, 10, 4), typed(.int64, 2, 3)], "GATHER"),
            OpCase(
                "one hot", .oneHot(OneHot(depth: 5, on: 2, off: -1)), [typed(.int32, 2, 3)],
                "ONE_HOT"),
            OpCase(
                "one hot int64", .oneHot(OneHot(depth: 5)), [typed(.int64, 4)], "ONE_HOT"),
            OpCase(
                "one hot uint8", .oneHot(OneHot(depth: 5)), [typed(.uint8, 4)], "CAST ONE_HOT"),
        ]

    static let layout: [OpCase] =
        [
            OpCase("reshape", .reshape(Reshape([6, 4])), [float(2, 3, 4)], "RESHAPE"),
            OpCase("reshape free", .reshape(Reshape([-1, 12])), [float(-1, 3, 4)], "RESHAPE"),
            OpCase("reshape to scalar", .reshape(Reshape([])), [float(1, 1)], "RESHAPE"),
            OpCase("transpose", .transpose(Transpose([2, 0, 1])), [float(2, 3, 4)], "TRANSPOSE"),
            OpCase(
                "transpose rank 6", .transpose(Transpose([0, 2, 1, 4, 3, 5])),
                [float(2, 3, 2, 2, 3, 4)], "TRANSPOSE"),
            OpCase(
                "transpose of unit axes", .transpose(Transpose([0, 3, 1, 2])), [float(2, 3, 4, 1)],
                "RESHAPE"),
            OpCase(
                "transpose rank 8", .transpose(Transpose([0, 4, 5, 1, 2, 3, 7, 6])),
                [float(-1, 3, 2, 2, 2, 3, 3, 2)], "RESHAPE TRANSPOSE RESHAPE"),
            OpCase(
                "transpose bool", .transpose(Transpose([1, 0])), [typed(.bool, 2, 3)], "TRANSPOSE"),
            OpCase(
                "concatenate", .concatenate(Concatenate(axis: 1)),
                [float(2, 3), weights(2, 2), float(2, 4)], "CONCATENATION"),
            OpCase("concatenate 1", .concatenate(Concatenate(axis: 1)), [float(2, 3)], "RESHAPE"),
            OpCase(
                "concatenate 6", .concatenate(Concatenate(axis: 1)),
                [
                    float(-1, 3), float(-1, 2), float(-1, 4), float(-1, 9), float(-1, 1),
                    float(-1, 2),
                ], "CONCATENATION CONCATENATION"),
            OpCase(
                "concatenate 12", .concatenate(Concatenate(axis: 0)),
                (1...12).map { float($0, 3) }, "CONCATENATION CONCATENATION CONCATENATION"),
            OpCase(
                "pad", .pad(Pad([.none, PadAmount(1, 2), PadAmount(0, 1)])), [float(-1, 3, 4)],
                "PAD"),
            OpCase(
                "pad ones", .pad(Pad([.none, PadAmount(1, 2)], value: 1)), [float(2, 3)], "PADV2"),
            OpCase(
                "pad rank 5",
                .pad(Pad([.none, PadAmount(1, 1), PadAmount(2, 0), PadAmount(0, 1), .none])),
                [float(1, 2, 2, 2, 3)], "PAD"),
            OpCase(
                "pad rank 7",
                .pad(Pad([.none, .none, PadAmount(1, 1), .none, PadAmount(0, 1), .none, .none])),
                [float(-1, 2, 2, 2, 3, 2, 2)], "RESHAPE PAD RESHAPE"),
            OpCase(
                "pad int32", .pad(Pad([PadAmount(1, 0)], value: 7)), [typed(.int32, 3)], "PADV2"),
            OpCase(
                "reflect", .mirrorPad(MirrorPad([.none, PadAmount(1, 2)], mode: .reflect)),
                [float(2, 4)],
                "MIRROR_PAD"),
            OpCase(
                "symmetric",
                .mirrorPad(
                    MirrorPad([.none, PadAmount(3, 2), PadAmount(1, 1), .none], mode: .symmetric)),
                [float(2, 4, 3, 2)], "MIRROR_PAD"),
            OpCase(
                "slice", .slice(Slice(begin: [0, 1, 0], sizes: [2, 2, 4])), [float(2, 4, 4)],
                "SLICE"),
            OpCase(
                "slice free", .slice(Slice(begin: [0, 1, 0], sizes: [-1, 2, 4])), [float(-1, 4, 4)],
                "STRIDED_SLICE"),
            OpCase(
                "slice strided", .slice(Slice(begin: [0, 1], sizes: [2, 3], strides: [1, 2])),
                [float(2, 8)], "STRIDED_SLICE"),
            OpCase(
                "slice rank 6",
                .slice(Slice(begin: [0, 0, 1, 0, 0, 0], sizes: [-1, 2, 1, 2, 2, 2])),
                [float(-1, 2, 3, 2, 2, 2)], "RESHAPE STRIDED_SLICE RESHAPE"),
            OpCase(
                "slice of all", .slice(Slice(begin: [0, 0], sizes: [-1, 8])), [float(2, 8)],
                "RESHAPE"),
            OpCase("slice bool", .slice(Slice(begin: [1], sizes: [2])), [typed(.bool, 4)], "SLICE"),
            OpCase(
                "reshape like",
                .reshapeLike(
                    ReshapeLike([
                        .axis(0, ofInput: 0), .axis(1, ofInput: 0), .known(2), .known(4),
                    ])), [float(-1, -1, 8)],
                "SHAPE STRIDED_SLICE CONCATENATION RESHAPE"),
            OpCase(
                "reshape like another",
                .reshapeLike(
                    ReshapeLike([.axis(0, ofInput: 1), .axis(1, ofInput: 1), .known(8)])),
                [float(-1, 8), float(-1, -1, 3)], "SHAPE STRIDED_SLICE CONCATENATION RESHAPE"),
            OpCase(
                "reshape like with an axis",
                .reshapeLike(
                    ReshapeLike([
                        .axis(0, ofInput: 0), .known(1), .axis(1, ofInput: 0), .known(8),
                    ])), [float(-1, -1, 8)], "EXPAND_DIMS"),
            OpCase(
                "reshape like without an axis",
                .reshapeLike(
                    ReshapeLike([.axis(0, ofInput: 0), .axis(2, ofInput: 0), .known(8)])),
                [float(-1, 1, -1, 8)], "SQUEEZE"),
            OpCase(
                "slice bounded",
                .boundedSlice(
                    BoundedSlice(begin: [0, 1, -3], end: [BoundedSlice.open, -1, 8])),
                [float(-1, -1, 8)], "STRIDED_SLICE"),
            OpCase(
                "positions", .positions(Positions(axis: 1)), [float(-1, -1, 8)],
                "SHAPE STRIDED_SLICE RANGE"),
            OpCase("shape of", .shapeOf(ShapeOf()), [float(-1, -1, 8)], "SHAPE"),
            OpCase(
                "broadcast like",
                .broadcastLike(
                    BroadcastLike([.axis(0, ofInput: 1), .axis(1, ofInput: 1), .known(8)])),
                [weights(8), float(-1, -1, 3)], "SHAPE STRIDED_SLICE CONCATENATION BROADCAST_TO"),
            OpCase(
                "enlarged",
                .resize(Resize(.bilinear, to: .factor(Size2D(2, 3)))),
                [float(-1, -1, -1, 8)], "SHAPE STRIDED_SLICE MUL RESIZE_BILINEAR"),
            OpCase("cast to int32", .cast(Cast(to: .int32)), [float(2, 3)], "CAST"),
            OpCase("cast to float32", .cast(Cast(to: .float32)), [typed(.uint8, 2, 3)], "CAST"),
            OpCase("cast to bool", .cast(Cast(to: .bool)), [float(2, 3)], "CAST"),
            OpCase("cast from bool", .cast(Cast(to: .float32)), [typed(.bool, 2, 3)], "CAST"),
            OpCase("cast to the same", .cast(Cast(to: .float32)), [float(2, 3)], "RESHAPE"),
        ]
        + Resize.Coordinates.allTested.flatMap { coordinates in
            [
                OpCase(
                    "bilinear \(coordinates)",
                    .resize(Resize(.bilinear, to: .size(Size2D(7, 9)), coordinates: coordinates)),
                    [float(1, 4, 5, 2)], "RESIZE_BILINEAR"),
                OpCase(
                    "nearest \(coordinates)",
                    .resize(Resize(.nearest, to: .size(Size2D(8, 3)), coordinates: coordinates)),
                    [float(1, 4, 5, 2)], "RESIZE_NEAREST_NEIGHBOR"),
            ]
        } + [
            OpCase("tile", .tile(Tile([2, 1, 3])), [float(2, 3, 1)], "TILE"),
            OpCase("tile free", .tile(Tile([1, 2])), [float(-1, 3)], "TILE"),
            OpCase("tile rank 5", .tile(Tile([1, 2, 1, 2, 1])), [float(1, 2, 3, 1, 2)], "TILE"),
            OpCase(
                "broadcast", .broadcast(Broadcast([2, 3, 4])), [float(3, 1)], "BROADCAST_TO"),
            OpCase("reverse", .reverse(Reverse(axes: [1])), [float(2, 3, 2)], "REVERSE_V2"),
            OpCase(
                "reverse two axes", .reverse(Reverse(axes: [0, 2])), [float(2, 3, 2)],
                "STRIDED_SLICE"),
            OpCase(
                "depth to space", .depthToSpace(DepthToSpace(blockSize: 2)), [float(1, 2, 3, 8)],
                "DEPTH_TO_SPACE"),
            OpCase(
                "space to depth", .spaceToDepth(SpaceToDepth(blockSize: 2)),
                [float(-1, 4, 6, 3)], "SPACE_TO_DEPTH"),
            OpCase(
                "space to depth by 1", .spaceToDepth(SpaceToDepth(blockSize: 1)),
                [float(1, 4, 6, 3)], "RESHAPE"),
        ]
}

extension Resize.Coordinates {
    static let allTested: [Resize.Coordinates] = [.asymmetric, .alignCorners, .halfPixel]
}
