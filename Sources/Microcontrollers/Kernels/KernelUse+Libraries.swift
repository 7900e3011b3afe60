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
    private var products: Int { extent(1, 1) * extent(1, 2) * extent(1, 3) }

    private func addCMSIS(_ hasHelium: Bool, _ memory: inout KernelMemory) {
        guard isQuantized else { return }
        // The data of a kernel has an index of a buffer beside that of the reference kernel.
        memory.initial = memory.initial.map { $0 + 16 }
        let outputs = extent(1, 0)
        switch builtin {
        case .conv2D:
            memory.scratch.append(convolutionScratch(hasHelium))
        case .depthwiseConv2D:
            let window = extent(1, 1) * extent(1, 2)
            memory.scratch.append(
                hasHelium ? 496 * window + 4 * extent(1, 3) : 4 * extent(1, 3) * window)
        case .fullyConnected, .batchMatMul:
            if hasHelium { memory.prepared.append(4 * outputs) }
        case .averagePool2D:
            memory.scratch.append(hasHelium ? 0 : 4 * extent(0, 3))
        case .transposeConv:
            let reversed = 2 * (input(1)?.elementCount ?? 0)
            memory.scratch.append(convolutionScratch(hasHelium) + reversed)
        case .unidirectionalSequenceLSTM:
            memory.prepared += Array(repeating: 4 * extent(1, 0), count: 8)
        default: break
        }
        memory.scratch.removeAll { $0 == 0 }
    }

    private func convolutionScratch(_ hasHelium: Bool) -> Int {
        let isPoint = products == extent(1, 3)
        if input(0)?.type == .int16 {
            return hasHelium ? 8 * products.roundedUp(to: 8) : 4 * products
        }
        // Compilers of Arm need rows of the input even for windows of one element.
        if isPoint { return hasHelium ? 0 : 4 * products }
        return 4 * products.roundedUp(to: hasHelium ? 16 : 4)
    }

    private func addESP(_ isS3: Bool, _ memory: inout KernelMemory) {
        guard input(0)?.type == .int8 else { return }
        memory.initial = memory.initial.map { $0 + 16 }
        switch builtin {
        case .softmax: memory.scratch.append(4 * (input(0)?.shape.last ?? 0))
        case .conv2D where isS3:
            let channels = extent(1, 3).roundedUp(to: 16)
            let filter = extent(1, 1) * extent(1, 2) * channels * extent(1, 0)
            memory.scratch.append(2 * filter + paddedInput(channels) + 16 * channels + 64)
        case .depthwiseConv2D where isS3:
            let channels = extent(1, 3).roundedUp(to: 16)
            let filter = 2 * extent(1, 1) * extent(1, 2) * channels
            memory.scratch.append(filter + min(paddedInput(channels), 40_960) + 64)
        default: break
        }
    }

    /// A copy of the input with its padding.
    private func paddedInput(_ channels: Int) -> Int {
        (extent(0, 1) + extent(1, 1)) * (extent(0, 2) + extent(1, 2)) * channels
    }
}
