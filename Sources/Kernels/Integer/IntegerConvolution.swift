import Tensors

extension IntegerKernels {
    /// 2-D convolution with groups and dilation; shapes at `Conv2DParameters`, `bias` `[out]`.
    @_specialize(where X == Int8, W == Int8)
    @_specialize(where X == UInt8, W == UInt8)
    @_specialize(where X == Int16, W == Int8)
    package static func conv2D<X: QuantizedElement, W: QuantizedElement>(
        _ parameters: Conv2DParameters, input: IntegerOperand<X>, filter: IntegerOperand<W>,
        bias: [Int64], scaling: OutputScaling, output: UnsafeMutablePointer<X>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let channels = parameters.inputChannels
        let groupInputs = channels / parameters.groups
        let groupOutputs = parameters.outputChannels / parameters.groups
        forEachPixel(parameters.batch, height, width) { record, y, x, pixel in
            let target = output + pixel * parameters.outputChannels
            for out in 0..<parameters.outputChannels {
                var sum = bias[out]
                for tapY in height.taps(at: y) {
                    let row =
                        record * height.input + height.inputPosition(output: y, tap: tapY)
                    for tapX in width.taps(at: x) {
                        let column = width.inputPosition(output: x, tap: tapX)
                        let source =
                            (row * width.input + column) * channels
                            + out / groupOutputs * groupInputs
                        let tap = (out * height.kernel + tapY) * width.kernel + tapX
                        sum &+= dot(
                            input.advanced(by: source), filter.advanced(by: tap * groupInputs),
                            count: groupInputs)
                    }
                }
                target[out] = X(truncatingIfNeeded: scaling.element(sum, channel: out))
            }
        }
    }

    /// Depthwise 2-D convolution; shapes at `DepthwiseConv2DParameters`, `bias` `[in · multiplier]`.
    @_specialize(where X == Int8, W == Int8)
    @_specialize(where X == UInt8, W == UInt8)
    @_specialize(where X == Int16, W == Int8)
    package static func depthwiseConv2D<X: QuantizedElement, W: QuantizedElement>(
        _ parameters: DepthwiseConv2DParameters, input: IntegerOperand<X>,
        filter: IntegerOperand<W>, bias: [Int64], scaling: OutputScaling,
        output: UnsafeMutablePointer<X>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let (channels, outputs) = (parameters.inputChannels, parameters.outputChannels)
        forEachPixel(parameters.batch, height, width) { record, y, x, pixel in
            let target = output + pixel * outputs
            for out in 0..<outputs {
                var sum = bias[out]
                for tapY in height.taps(at: y) {
                    let row =
                        record * height.input + height.inputPosition(output: y, tap: tapY)
                    for tapX in width.taps(at: x) {
                        let column = width.inputPosition(output: x, tap: tapX)
                        let source =
                            (row * width.input + column) * channels + out / parameters.multiplier
                        let tap = (tapY * width.kernel + tapX) * outputs + out
                        sum &+= Int64(input[source] &* filter[tap])
                    }
                }
                target[out] = X(truncatingIfNeeded: scaling.element(sum, channel: out))
            }
        }
    }

    /// 2-D transposed convolution; shapes at `Conv2DParameters`, `bias` `[out]`.
    @_specialize(where X == Int8, W == Int8)
    @_specialize(where X == UInt8, W == UInt8)
    @_specialize(where X == Int16, W == Int8)
    package static func transposeConv2D<X: QuantizedElement, W: QuantizedElement>(
        _ parameters: Conv2DParameters, input: IntegerOperand<X>, filter: IntegerOperand<W>,
        bias: [Int64], scaling: OutputScaling, output: UnsafeMutablePointer<X>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let (inputs, outputs) = (parameters.inputChannels, parameters.outputChannels)
        let pixels = height.input * width.input
        var sums = [Int64](repeating: 0, count: pixels * outputs)
        for record in 0..<parameters.batch {
            for pixel in 0..<pixels {
                for out in 0..<outputs { sums[pixel * outputs + out] = bias[out] }
            }
            forEachPixel(1, height, width) { _, y, x, position in
                let source = (record * height.output * width.output + position) * inputs
                for tapY in height.taps(at: y) {
                    let row = height.inputPosition(output: y, tap: tapY)
                    for tapX in width.taps(at: x) {
                        let pixel =
                            row * width.input + width.inputPosition(output: x, tap: tapX)
                        for out in 0..<outputs {
                            let tap = (out * height.kernel + tapY) * width.kernel + tapX
                            sums[pixel * outputs + out] &+= dot(
                                input.advanced(by: source), filter.advanced(by: tap * inputs),
                                count: inputs)
                        }
                    }
                }
            }
            let target = output + record * pixels * outputs
            for index in sums.indices {
                target[index] = X(
                    truncatingIfNeeded: scaling.element(sums[index], channel: index % outputs))
            }
        }
    }

    /// Calls `body` with the record, row and column of each output position, and the number of the position.
    @inline(__always)
    private static func forEachPixel(
        _ batch: Int, _ height: WindowAxis, _ width: WindowAxis,
        _ body: (_ record: Int, _ y: Int, _ x: Int, _ pixel: Int) -> Void
    ) {
        for record in 0..<batch {
            for y in 0..<height.output {
                for x in 0..<width.output {
                    body(record, y, x, (record * height.output + y) * width.output + x)
                }
            }
        }
    }
}
