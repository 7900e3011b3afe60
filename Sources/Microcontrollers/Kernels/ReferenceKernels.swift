import TFLiteFormat

extension KernelUse {
    /// What the reference kernel allocates.
    var referenceMemory: KernelMemory {
        KernelMemory(
            options: optionsSize, initial: initialSize, prepared: preparedSizes,
            scratch: scratchSizes, temporaries: temporaries)
    }

    /// The structure that the options of the operator are read into.
    private var optionsSize: MemorySize? {
        func bytes(_ count: Int) -> MemorySize { MemorySize(count, alignment: 1) }
        func words(_ count: Int) -> MemorySize { MemorySize(4 * count, alignment: 4) }
        return switch builtin {
        case .conv2D, .depthwiseConv2D: words(7)
        case .transposeConv: words(5)
        case .averagePool2D, .maxPool2D, .l2Pool2D: words(10)
        // Runtimes before September 2026 have 16 bytes.
        case .fullyConnected: MemorySize(32, alignment: 8)
        case .unidirectionalSequenceLSTM: words(4)
        case .svdf: words(3)
        case .reshape, .squeeze: words(9)
        case .stridedSlice: words(6)
        case .add, .sub, .concatenation, .pack, .unpack, .gather, .cast, .while, .if: words(2)
        case .softmax, .mul, .div, .l2Normalization, .leakyRelu, .mirrorPad, .split, .splitV,
            .depthToSpace, .spaceToDepth, .argMax, .argMin, .shape, .callOnce:
            words(1)
        case .batchMatMul: bytes(3)
        case .resizeBilinear, .resizeNearestNeighbor, .cumsum: bytes(2)
        case .mean, .sum, .reduceMax, .reduceMin, .reduceAll: bytes(1)
        case .varHandle: word.size(8, 16)
        default: nil
        }
    }

    /// The data of a kernel; nil for kernels without.
    private var initialSize: Int? {
        switch builtin {
        case .conv2D, .depthwiseConv2D: word.size(56, 72).byteCount + decompression(2)
        case .transposeConv: word.size(72, 80).byteCount + decompression(2)
        case .fullyConnected: word.size(48, 64).byteCount + decompression(2)
        case .batchMatMul: word.size(16, 32).byteCount
        case .unidirectionalSequenceLSTM: 688
        case .svdf, .mul: 36
        case .averagePool2D, .maxPool2D, .dequantize, .quantize: 32
        case .softmax: word.size(56, 80).byteCount
        case .concatenation: word.size(24, 40).byteCount + decompression(10)
        case .equal, .notEqual, .greater, .greaterEqual, .less, .lessEqual: 32
        case .add: 60
        case .sub: 52
        case .div, .relu, .abs, .rsqrt, .prelu: 28
        case .squaredDifference: 112
        case .mean, .sum, .reduceMax, .reduceMin, .reduceAll: 44
        case .logistic, .tanh: 16
        case .relu6, .while, .if, .callOnce: 8
        case .elu: 256
        case .leakyRelu: 24
        case .hardSwish, .mirrorPad: 20
        case .pad, .padV2: 56
        case .stridedSlice: 84
        case .l2Normalization, .spaceToBatchND, .varHandle, .assignVariable: 4
        case .selectV2: 1
        default: nil
        }
    }

    /// The indices of buffers into which constants are decompressed.
    private func decompression(_ count: Int) -> Int { decompresses ? 4 * count : 0 }

    private var preparedSizes: [Int] {
        switch builtin {
        case .conv2D, .transposeConv: perChannel(extent(1, 0))
        case .depthwiseConv2D: perChannel(extent(1, 3))
        case .fullyConnected:
            isQuantized && input(1)?.isQuantizedPerChannel == true ? perChannel(extent(1, 0)) : []
        case .batchMatMul: batchMatMul
        case .softmax: input(0)?.type == .int16 ? [1026, 1026] : []
        case .logSoftmax: isQuantized ? [word.size(28, 40).byteCount] : []
        case .addN: isQuantized ? [40] : []
        case .cumsum: isQuantized ? [36] : []
        case .embeddingLookup: [word.size(8, 16).byteCount] + outputShape
        case .depthToSpace, .spaceToDepth, .gather, .gatherND, .l2Pool2D: outputShape
        default: []
        }
    }

    /// The multipliers and shifts of the output channels, which float kernels allocate as well.
    private func perChannel(_ channels: Int) -> [Int] { [4 * channels, 4 * channels] }

    /// A copy of the shape of the output.
    private var outputShape: [Int] {
        outputs.first.map { [word.integers($0.shape.count).byteCount] } ?? []
    }

    /// Transposed copies of operands that are not stored as the kernel reads them.
    private var batchMatMul: [Int] {
        let options = options as? BatchMatMulOptions ?? BatchMatMulOptions()
        func copy(_ index: Int) -> [Int] {
            guard let tensor = input(index) else { return [] }
            return [
                word.evalTensor.byteCount, word.integers(tensor.shape.count).byteCount,
                tensor.microByteCount ?? 0,
            ]
        }
        return (isQuantized ? [28] : []) + (options.transposesLeft ? copy(0) : [])
            + (options.transposesRight ? [] : copy(1)) + outputShape
    }

    private var scratchSizes: [Int] {
        let rank = input(0)?.shape.count ?? 0
        switch builtin {
        case .conv2D, .depthwiseConv2D, .fullyConnected:
            return input(1)?.type == .int4 ? [input(1)?.elementCount ?? 0] : []
        case .transposeConv: return transposeConvScratch
        case .mean, .sum:
            let sums = isQuantized ? [4 * (outputs.first?.elementCount ?? 0)] : []
            return sums + [4 * rank, 4 * (input(1)?.elementCount ?? 0)]
        case .reduceMax, .reduceMin, .reduceAll:
            return [4 * rank, 4 * (input(1)?.elementCount ?? 0)]
        case .mirrorPad: return [4 * rank, 4 * rank]
        case .addN: return [word.byteCount * inputs.count]
        case .unidirectionalSequenceLSTM:
            return Array(repeating: input(19)?.microByteCount ?? 0, count: 4)
        case .svdf:
            let (batch, filters) = (extent(0, 0), extent(1, 0))
            let units = outputs.first?.shape.last ?? 0
            return [product(4, batch, filters)] + (isQuantized ? [product(4, batch, units)] : [])
        default: return []
        }
    }

    private var transposeConvScratch: [Int] {
        let outputCount = outputs.first?.elementCount ?? 0
        switch input(2)?.type {
        case .int8: return [4 * outputCount]
        case .int16:
            let bias = input(3).map { $0.type == .int16 ? [8 * $0.elementCount] : [] }
            return [8 * outputCount] + (bias ?? [])
        default: return []
        }
    }

    private var temporaries: [TFLiteTensor] {
        switch builtin {
        case .conv2D, .depthwiseConv2D: tensors([0, 1]) + tensors
        case .transposeConv: tensors([1, 2]) + (isQuantized ? tensors([1, 2, 3]) : [])
        case .mean, .sum, .reduceMax, .reduceMin, .reduceAll:
            tensors([0, 1]) + [input(0), input(1)].compactMap { $0 } + (isQuantized ? outputs : [])
        case .concatenation: tensors([0]) + inputs.compactMap { $0 }
        case .equal, .notEqual, .greater, .greaterEqual, .less, .lessEqual:
            inputs.compactMap { $0 }
        case .relu6, .split: [input(0)].compactMap { $0 }
        case .splitV: [input(2)].compactMap { $0 }
        case .resizeBilinear, .resizeNearestNeighbor, .pad, .padV2, .mirrorPad: tensors
        case .assignVariable: [input(1)].compactMap { $0 }
        case .readVariable: outputs
        case .argMax, .argMin, .neg, .logicalAnd, .logicalOr, .logicalNot, .maximum, .minimum,
            .transpose, .pack, .unpack, .floor, .while, .callOnce, .varHandle, .shape:
            []
        default: tensors
        }
    }
}
