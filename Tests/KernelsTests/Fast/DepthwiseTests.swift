import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct DepthwiseTests {
    /// A depthwise convolution is a grouped one with as many groups as input channels, and its filter
    /// `[1, kh, kw, in·mult]` is the grouped filter `[in·mult, kh, kw, 1]` transposed.
    @Test func agreesWithGroupedConvolution() {
        withEvery(
            Choice("size", [(5, 7), (9, 14), (7, 29)]),
            Choice("kernel", [(3, 3), (5, 2), (5, 5), (1, 1)]), Choice("stride", [1, 2, 7]),
            Choice("dilation", [1, 2]),
            Choice("padding", [Border.same, .valid, .explicit(before: 1, after: 2)]),
            Choice("channels", [(1, 4), (5, 1), (16, 1), (35, 1), (9, 3)])
        ) { size, kernel, stride, dilation, padding, channels in
            guard
                let height = WindowAxis(
                    input: size.0, kernel: kernel.0, stride: stride, dilation: dilation,
                    border: padding),
                let width = WindowAxis(
                    input: size.1, kernel: kernel.1, stride: stride, dilation: dilation,
                    border: padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            let outputs = channels.0 * channels.1
            let samples = ConvolutionSamples(
                Conv3DParameters(
                    batch: 2, depth: .unit, height: height, width: width,
                    inputChannels: channels.0, outputChannels: outputs, groups: channels.0,
                    activation: .relu6))
            let taps = kernel.0 * kernel.1
            let filter = (0..<taps * outputs).map {
                samples.filter[$0 % outputs * taps + $0 / outputs]
            }
            check(
                samples, filter,
                DepthwiseConv2DParameters(
                    batch: 2, height: height, width: width, inputChannels: channels.0,
                    multiplier: channels.1, activation: .relu6))
        }
    }

    private func check(
        _ samples: ConvolutionSamples, _ filter: [Float], _ parameters: DepthwiseConv2DParameters
    ) {
        let expected = samples.summed(transposed: false)
        let reference = filled(samples.outputCount) {
            ReferenceKernels.depthwiseConv2D(
                parameters, input: samples.input, filter: filter, bias: samples.bias, output: $0)
        }
        expectClose(reference, expected, within: 1e-6, "reference")
        let results = (1...3).map { threads in
            filled(samples.outputCount) {
                FastKernels.depthwiseConv2D(
                    parameters, input: samples.input, filter: filter, bias: samples.bias,
                    output: $0, threads: threads)
            }
        }
        expectClose(results[0], expected, "fast")
        #expect(results[0] == results[1] && results[0] == results[2], "\(Combination.current)")
    }
}
