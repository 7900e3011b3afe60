import CKernels

extension FastKernels {
    /// `output[b, o] = clamp(Σ input[b, i]·filter[o, i] + bias[o])`.
    ///
    /// Small batches read the filter once, in place; larger ones pack it panel by panel.
    package static func fullyConnected(
        _ parameters: FullyConnectedParameters, input: UnsafePointer<Float>,
        filter: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        guard parameters.batch < 4 else {
            return fullyConnectedByPanels(parameters, input, filter, bias, output, threads)
        }
        let block = 16
        Parallel.forEachPart(
            of: outputs, threads: threads, grain: max(65536 / max(inputs, 1), 4)
        ) { part in
            for first in stride(from: part.lowerBound, to: part.upperBound, by: block) {
                let count = min(block, part.upperBound - first)
                for batch in 0..<parameters.batch {
                    kc_gemv(
                        input + batch * inputs, filter + first * inputs, inputs, count,
                        bias.map { $0 + first }, parameters.activation.lower,
                        parameters.activation.upper, output + batch * outputs + first)
                }
            }
        }
    }

    /// What a filter that is read again and again should be packed for; nil if reading it in place is as good.
    ///
    /// In place, a large filter comes from memory as fast as a packed one.
    package static func packing(
        batch: Int, inputs: Int, outputs: Int
    ) -> PackedMatrix.Use? {
        if batch >= 4 { return .rows }
        return (1 << 12...1 << 20).contains(inputs * outputs) ? .vectors : nil
    }

    /// The same with a filter packed before.
    package static func fullyConnected(
        _ parameters: FullyConnectedParameters, input: UnsafePointer<Float>, filter: PackedMatrix,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        MatrixProduct.run(
            rows: parameters.batch, input: input, rowStride: parameters.inputs, matrix: filter,
            bias: bias, activation: parameters.activation, output: output,
            outputStride: parameters.outputs, threads: threads)
    }

    private static func fullyConnectedByPanels(
        _ parameters: FullyConnectedParameters, _ input: UnsafePointer<Float>,
        _ filter: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?,
        _ output: UnsafeMutablePointer<Float>, _ threads: Int
    ) {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        let width = Int(kc_panel_width())
        let panels = (outputs + width - 1) / width
        Parallel.forEachPart(of: panels, threads: threads) { part in
            for panel in part {
                let first = panel * width
                let matrix = PackedMatrix(
                    filter + first * inputs, depth: inputs, columns: min(width, outputs - first),
                    depthStride: 1, columnStride: inputs)
                MatrixProduct.run(
                    rows: parameters.batch, input: input, rowStride: inputs, matrix: matrix,
                    bias: bias.map { $0 + first }, activation: parameters.activation,
                    output: output + first, outputStride: outputs, threads: 1)
            }
        }
    }
}
