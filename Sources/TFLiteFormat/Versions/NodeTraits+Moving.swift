extension NodeTraits {
    /// The version of an operator that moves elements; nil for other operators.
    func movingVersion(of builtin: BuiltinOperator) -> Int? {
        switch builtin {
        case .pad, .padV2:
            first((type == .bool, 5), (rank > 4, 4), (type == .int16, 3), (type == .int8, 2))
        case .concatenation:
            first((type == .int4, 5), (type == .uint32, 4), (type == .int16, 3), (type == .int8, 2))
        case .transpose: transposeVersion
        case .slice:
            first(
                (type == .int4, 7), (type == .uint32, 6), (rank > 4, 5), (type == .int16, 4),
                (type == .string, 3), (type == .int8, 2))
        case .stridedSlice: stridedSliceVersion
        case .gather: gatherVersion
        case .gatherND:
            first(
                (type == .bool, 5), (input(1)?.type == .int16, 4), (type == .int16, 3),
                (type == .string, 2))
        case .split: splitVersion
        case .splitV, .depthToSpace, .spaceToDepth: first((type == .int8, 2))
        case .pack: first((type == .uint32, 4), (type == .int16, 3), (type == .int8, 2))
        case .unpack:
            first(
                (type == .float16 || type == .bfloat16, 5), (type == .int16, 4), (type == .bool, 3),
                (type == .int8 || type == .uint8, 2))
        case .resizeBilinear, .resizeNearestNeighbor: resizeVersion
        case .spaceToBatchND, .batchToSpaceND:
            first((type == .int16, 4), (input(0)?.shape.count != 4, 3), (type == .int8, 2))
        case .tile: first((type == .int8, 3), (type == .string, 2))
        case .reverseV2: first((type == .int8, 3), (type == .bool, 2))
        case .select:
            first((input(1)?.type == .uint32, 4), (rank == 5, 3), (input(1)?.type == .int8, 2))
        case .selectV2: first((input(1)?.type == .uint32, 2))
        case .topKV2: first((type == .int16, 3), (type == .int8, 2))
        case .broadcastTo: first((type == .int8 || type == .int16, 3), (true, 2))
        default: nil
        }
    }

    private var transposeVersion: Int {
        let rank = input(0)?.shape.count ?? 0
        return first(
            (rank > 6, 8), (type == .int4, 7), (rank == 6, 6), (type == .int16, 5), (rank == 5, 4),
            (type == .bool, 3), (type == .int8, 2))
    }

    private var stridedSliceVersion: Int {
        let options = options as? StridedSliceOptions ?? StridedSliceOptions()
        return first(
            (options.endIsOffset, 8), (type == .uint32, 7),
            (options.ellipsisMask != 0 || options.newAxisMask != 0, 6), (type == .string, 5),
            (rank > 4, 4), (type == .bool, 3), (type == .int8, 2))
    }

    private var gatherVersion: Int {
        let options = options as? GatherOptions ?? GatherOptions()
        return first(
            (type == .int4, 7), (input(1)?.type == .int16, 6), (options.batchDimensions != 0, 5),
            (type == .int16, 4), (type == .bool, 3), (type == .int8, 2))
    }

    /// The inputs are axis and data.
    private var splitVersion: Int {
        let type = input(1)?.type
        return first((type == .int16, 4), (type == .int32, 3), (type == .int8, 2))
    }

    private var resizeVersion: Int {
        let nearest = options as? ResizeNearestNeighborOptions
        let hasMode =
            (options as? ResizeBilinearOptions)?.usesHalfPixelCenters
            ?? nearest.map { $0.usesHalfPixelCenters || $0.alignsCorners } ?? false
        return first((type == .int16, 4), (hasMode, 3), (type == .int8, 2))
    }
}
