/// The members of the union `BuiltinOptions` that have no fields; the raw value is the tag.
package enum EmptyOptions: UInt8, OptionsTable, CaseIterable {
    case pad = 22
    case batchToSpaceND = 24
    case spaceToBatchND = 25
    case transpose = 26
    case exp = 33
    case topKV2 = 34
    case logSoftmax = 36
    case dequantize = 38
    case maximumMinimum = 39
    case less = 41
    case neg = 42
    case padV2 = 43
    case greater = 44
    case greaterEqual = 45
    case lessEqual = 46
    case select = 47
    case slice = 48
    case tile = 51
    case expandDims = 52
    case equal = 53
    case notEqual = 54
    case pow = 56
    case logicalOr = 60
    case logicalAnd = 62
    case logicalNot = 63
    case floorDiv = 65
    case square = 66
    case zerosLike = 67
    case fill = 68
    case floorMod = 72
    case range = 73
    case squaredDifference = 76
    case abs = 78
    case reverseV2 = 81
    case addN = 82
    case gatherNd = 83
    case cos = 84
    case `where` = 85
    case rank = 86
    case matrixDiag = 88
    case quantize = 89
    case matrixSetDiag = 90
    case hardSwish = 91
    case nonMaxSuppressionV4 = 95
    case nonMaxSuppressionV5 = 96
    case scatterNd = 97
    case selectV2 = 98
    case densify = 99
    case segmentSum = 100
    case broadcastTo = 104
    case rfft2d = 105
    case hashtableFind = 108
    case hashtableImport = 109
    case hashtableSize = 110
    case readVariable = 112
    case assignVariable = 113
    case dynamicUpdateSlice = 117
    case unsortedSegmentProd = 118
    case unsortedSegmentMax = 119
    case unsortedSegmentMin = 120
    case unsortedSegmentSum = 121
    case atan2 = 122
    case sign = 123
    case bitcast = 124
    case bitwiseXor = 125
    case rightShift = 126

    package var tag: UInt8 { rawValue }

    package func visitFields(_ visitor: inout some OptionsVisitor) {}
}

extension EmptyOptions {
    /// The table of an operator that has no options; nil if it has some, or no table.
    package init?(_ builtin: BuiltinOperator) {
        guard let table = Self.byOperator[builtin] else { return nil }
        self = table
    }

    /// A table is named after its operator, but for one that two share.
    private static let byOperator: [BuiltinOperator: EmptyOptions] = [
        .pad: .pad, .batchToSpaceND: .batchToSpaceND, .spaceToBatchND: .spaceToBatchND,
        .transpose: .transpose, .exp: .exp, .topKV2: .topKV2, .logSoftmax: .logSoftmax,
        .dequantize: .dequantize, .maximum: .maximumMinimum, .minimum: .maximumMinimum,
        .less: .less, .neg: .neg, .padV2: .padV2, .greater: .greater,
        .greaterEqual: .greaterEqual, .lessEqual: .lessEqual, .select: .select, .slice: .slice,
        .tile: .tile, .expandDims: .expandDims, .equal: .equal, .notEqual: .notEqual, .pow: .pow,
        .logicalOr: .logicalOr, .logicalAnd: .logicalAnd, .logicalNot: .logicalNot,
        .floorDiv: .floorDiv, .square: .square, .zerosLike: .zerosLike, .fill: .fill,
        .floorMod: .floorMod, .range: .range, .squaredDifference: .squaredDifference, .abs: .abs,
        .reverseV2: .reverseV2, .addN: .addN, .gatherND: .gatherNd, .cos: .cos, .where: .where,
        .rank: .rank, .matrixDiag: .matrixDiag, .quantize: .quantize,
        .matrixSetDiag: .matrixSetDiag, .hardSwish: .hardSwish,
        .nonMaxSuppressionV4: .nonMaxSuppressionV4, .nonMaxSuppressionV5: .nonMaxSuppressionV5,
        .scatterND: .scatterNd, .selectV2: .selectV2, .densify: .densify,
        .segmentSum: .segmentSum, .broadcastTo: .broadcastTo, .rfft2D: .rfft2d,
        .hashtableFind: .hashtableFind, .hashtableImport: .hashtableImport,
        .hashtableSize: .hashtableSize, .readVariable: .readVariable,
        .assignVariable: .assignVariable, .dynamicUpdateSlice: .dynamicUpdateSlice,
        .unsortedSegmentProd: .unsortedSegmentProd, .unsortedSegmentMax: .unsortedSegmentMax,
        .unsortedSegmentMin: .unsortedSegmentMin, .unsortedSegmentSum: .unsortedSegmentSum,
        .atan2: .atan2, .sign: .sign, .bitcast: .bitcast, .bitwiseXor: .bitwiseXor,
        .rightShift: .rightShift,
    ]
}
