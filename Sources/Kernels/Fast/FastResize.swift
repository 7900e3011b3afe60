import CKernels

extension FastKernels {
    /// Bilinear resize.
    package static func resizeBilinear(
        _ parameters: ResizeParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (height, width) = (parameters.outputHeight, parameters.outputWidth)
        let channels = parameters.channels
        let rows = ReferenceKernels.linear(
            parameters.coordinates, parameters.inputHeight, height)
        let columns = ReferenceKernels.linear(
            parameters.coordinates, parameters.inputWidth, width
        ).map {
            kc_resize_column(
                left: $0.lower * channels, right: $0.upper * channels, fraction: Float($0.fraction))
        }
        let line = parameters.inputWidth * channels
        Parallel.forEachPart(
            of: parameters.batch * height, threads: threads,
            grain: 16384 / max(width * channels, 1) + 1
        ) { part in
            for index in part {
                let (batch, row) = (index / height, rows[index % height])
                let image = input + batch * parameters.inputHeight * line
                kc_bilinear(
                    width, channels, columns, image + row.lower * line, image + row.upper * line,
                    Float(row.fraction), output + index * width * channels)
            }
        }
    }
}
