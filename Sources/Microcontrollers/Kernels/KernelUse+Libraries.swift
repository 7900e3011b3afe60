import TFLiteFormat

extension KernelUse {
    /// What the kernel of a library allocates.
    ///
    /// Source: the buffer sizes that CMSIS-NN and ESP-NN compute; boards were not measured.
    func memory(_ kernels: MicroKernels) -> KernelMemory {
        var memory = referenceMemory
        switch kernels {
        case .reference: return memory
        case .cmsisDSP, .cmsisMVE: addCMSIS(kernels == .cmsisMVE, &memory)
        case .esp, .espS3: addESP(kernels == .espS3, &memory)
        }
        return memory
    }

    /// The products that one output channel sums.
    private var products: Int { product(extent(1, 1), extent(1, 2), extent(1, 3)) }

    private func addCMSIS(_ hasHelium: Bool, _ memory: inout KernelMemory) {
        guard isQuantized else { return }
        // The data of a kernel has an index of a buffer beside that of the reference kernel.
        memory.initial = memory.initial.map { $0 + 16 }
        switch builtin {
        case .conv2D:
            memory.scratch.append(convolutionScratch(hasHelium))
        case .depthwiseConv2D:
            let window = product(extent(1, 1), extent(1, 2))
            let filter = product(window, extent(1, 3))
            memory.scratch.append(hasHelium ? product(496, window) + filter : 4 * filter)
        case .fullyConnected, .batchMatMul:
            if hasHelium { memory.prepared.append(4 * extent(1, 0)) }
        case .averagePool2D:
            memory.scratch.append(hasHelium ? 0 : 4 * extent(0, 3))
        case .transposeConv:
            memory.scratch.append(transposedScratch(hasHelium))
        case .unidirectionalSequenceLSTM:
            memory.prepared += Array(repeating: 4 * extent(1, 0), count: 8)
        default: break
        }
        memory.scratch.removeAll { $0 == 0 }
    }

    private func convolutionScratch(_ hasHelium: Bool) -> Int {
        if input(0)?.type == .int16 {
            return hasHelium ? 8 * products.roundedUp(to: 8) : 4 * products
        }
        let options = options as? Conv2DOptions
        let isPoint =
            products == extent(1, 3) && options?.strideWidth == 1 && options?.strideHeight == 1
        // Compilers of Arm need rows of the input for windows of one element as well.
        if isPoint { return hasHelium ? 0 : 4 * products }
        return 4 * products.roundedUp(to: hasHelium ? 16 : 4)
    }

    /// The larger of what the two ways need of which the library takes one.
    private func transposedScratch(_ hasHelium: Bool) -> Int {
        let options = options as? TransposeConvOptions ?? TransposeConvOptions()
        let reversed = convolutionScratch(hasHelium) + 2 * (input(1)?.elementCount ?? 0)
        let (strideX, strideY) = (max(1, options.strideWidth), max(1, options.strideHeight))
        let width = product(max(0, extent(2, 2) - 1), strideX) + max(extent(1, 2), strideX)
        return max(reversed, product(4, extent(1, 0), width, max(extent(1, 1), strideY)))
    }

    private func addESP(_ isS3: Bool, _ memory: inout KernelMemory) {
        guard input(0)?.type == .int8 else { return }
        memory.initial = memory.initial.map { $0 + 16 }
        switch builtin {
        case .softmax: memory.scratch.append(product(4, input(0)?.shape.last ?? 0))
        case .conv2D where isS3:
            memory.scratch.append(products == extent(1, 3) ? pointScratch : windowScratch)
        case .depthwiseConv2D where isS3:
            let channels = extent(1, 3).roundedUp(to: 16)
            let filter = product(2, extent(1, 1), extent(1, 2), channels)
            memory.scratch.append(filter + min(paddedInput(channels), 40_960) + 64)
        default: break
        }
    }

    private var pointScratch: Int {
        let channels = extent(1, 3)
        let padded = channels.roundedUp(to: 8)
        return product(padded, extent(1, 0)) + 16 * padded + 64
            + (padded == channels ? 0 : paddedInput(padded))
    }

    private var windowScratch: Int {
        let channels = extent(1, 3).roundedUp(to: 16)
        let filter = product(extent(1, 1), extent(1, 2), channels, extent(1, 0))
        return 2 * filter + paddedInput(channels) + 64
    }

    /// A copy of the input with its padding.
    private func paddedInput(_ channels: Int) -> Int {
        product(extent(0, 1) + extent(1, 1), extent(0, 2) + extent(1, 2), channels)
    }
}
