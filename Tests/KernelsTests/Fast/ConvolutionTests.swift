import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ConvolutionTests {
    private let channels = [(3, 5, 1), (8, 50, 1), (6, 9, 3), (17, 33, 1), (4, 4, 4)]
    private let paddings: [Border] = [.same, .valid, .explicit(before: 2, after: 1)]

    @Test func conv2DAgreesWithPlainSummation() {
        withEvery(
            Choice("size", [(5, 7), (9, 4), (6, 30)]), Choice("kernel", [(1, 1), (3, 2), (5, 5)]),
            Choice("stride", [1, 2, 3]), Choice("dilation", [1, 2]), Choice("padding", paddings),
            Choice("channels", channels)
        ) { size, kernel, stride, dilation, padding, channels in
            guard
                let height = WindowAxis(
                    input: size.0, kernel: kernel.0, stride: stride, dilation: dilation,
                    border: padding),
                let width = WindowAxis(
                    input: size.1, kernel: kernel.1, stride: stride, dilation: dilation,
                    border: padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            let samples = ConvolutionSamples(
                Conv3DParameters(
                    batch: 2, depth: .unit, height: height, width: width,
                    inputChannels: channels.0, outputChannels: channels.1, groups: channels.2))
            check2D(samples)
        }
    }

    /// Shapes that take the way of `WinogradConvolution`.
    @Test func threeByThreeConvolutionsAgreeWithPlainSummation() {
        withEvery(
            Choice("size", [(5, 7), (9, 12), (20, 6)]), Choice("padding", paddings),
            Choice("channels", [(16, 16), (17, 50), (40, 33), (70, 97)]),
            Choice("activation", [Clamp.none, .relu6])
        ) { size, padding, channels, activation in
            guard
                let height = WindowAxis(input: size.0, kernel: 3, border: padding),
                let width = WindowAxis(input: size.1, kernel: 3, border: padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            check2D(
                ConvolutionSamples(
                    Conv3DParameters(
                        batch: 2, depth: .unit, height: height, width: width,
                        inputChannels: channels.0, outputChannels: channels.1,
                        activation: activation)))
        }
    }

    /// Shapes that take the way of `LongWindows`.
    @Test func longWindowsAgreeWithPlainSummation() {
        withEvery(
            Choice("size", [40, 301]), Choice("stride", [1, 2]),
            Choice("padding", [Border.same, .explicit(before: 250, after: 290)]),
            Choice("activation", [Clamp.none, .relu])
        ) { size, stride, padding, activation in
            guard
                let width = WindowAxis(input: size, kernel: 300, stride: stride, border: padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            check2D(
                ConvolutionSamples(
                    Conv3DParameters(
                        batch: 2, depth: .unit, height: .unit, width: width, inputChannels: 30,
                        outputChannels: 21, activation: activation)))
        }
    }

    @Test func activationsClampConvolutions() throws {
        let axis = try #require(WindowAxis(input: 6, kernel: 3, padding: .same))
        let activations: [Clamp] = [
            .relu, .relu6, .reluN1To1,
        ]
        withEvery(Choice("activation", activations)) { activation in
            let samples = ConvolutionSamples(
                Conv3DParameters(
                    batch: 1, depth: .unit, height: axis, width: axis, inputChannels: 7,
                    outputChannels: 20, activation: activation))
            check2D(samples)
        }
    }

    @Test func conv3DAgreesWithPlainSummation() {
        withEvery(
            Choice("stride", [1, 2]), Choice("dilation", [1, 2]),
            Choice("padding", [Border.same, .valid]),
            Choice("channels", [(2, 3, 1), (6, 34, 2)])
        ) { stride, dilation, padding, channels in
            guard let axes = axes([5, 6, 7], [2, 3, 3], stride, dilation, padding) else {
                return #expect(Bool(false), "\(Combination.current)")
            }
            let samples = ConvolutionSamples(
                Conv3DParameters(
                    batch: 2, depth: axes[0], height: axes[1], width: axes[2],
                    inputChannels: channels.0, outputChannels: channels.1, groups: channels.2))
            let filter = samples.depthFirstFilter(swapped: false)
            let expected = samples.summed(transposed: false)
            let reference = filled(samples.outputCount) {
                ReferenceKernels.conv3D(
                    samples.parameters, input: samples.input, filter: filter, bias: samples.bias,
                    output: $0)
            }
            expectClose(reference, expected, within: 1e-6, "reference")
            let fast = FastConvolution(conv3D: samples.parameters, filter: filter)
            for threads in 1...2 {
                let result = filled(samples.outputCount) {
                    fast.run(input: samples.input, bias: samples.bias, output: $0, threads: threads)
                }
                expectClose(result, expected, "fast")
            }
        }
    }

    @Test func transposedConvolutionsAgreeWithPlainSummation() {
        withEvery(
            Choice("size", [(4, 7), (9, 10)]), Choice("kernel", [(1, 3), (4, 2)]),
            Choice("stride", [1, 2, 3]), Choice("padding", [Border.same, .valid]),
            Choice("channels", [(3, 5), (18, 34)])
        ) { size, kernel, stride, padding, channels in
            guard
                let axes = axes([3, size.0, size.1], [2, kernel.0, kernel.1], stride, 1, padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            for depth in [WindowAxis.unit, axes[0]] {
                let samples = ConvolutionSamples(
                    Conv3DParameters(
                        batch: 2, depth: depth, height: axes[1], width: axes[2],
                        inputChannels: channels.0, outputChannels: channels.1, activation: .relu),
                    transposed: true)
                checkTransposed(samples, flat: depth == .unit)
            }
        }
    }

    private func axes(
        _ inputs: [Int], _ kernels: [Int], _ stride: Int, _ dilation: Int, _ padding: Border
    ) -> [WindowAxis]? {
        let axes = zip(inputs, kernels).compactMap {
            WindowAxis(
                input: $0, kernel: $1, stride: stride, dilation: dilation, border: padding)
        }
        return axes.count == inputs.count ? axes : nil
    }

    private func check2D(_ samples: ConvolutionSamples) {
        let expected = samples.summed(transposed: false)
        let reference = filled(samples.outputCount) {
            ReferenceKernels.conv2D(
                samples.flat, input: samples.input, filter: samples.filter, bias: samples.bias,
                output: $0)
        }
        expectClose(reference, expected, within: 1e-6, "reference")
        let fast = FastConvolution(conv2D: samples.flat, filter: samples.filter)
        let results = (1...3).map { threads in
            filled(samples.outputCount) {
                fast.run(input: samples.input, bias: samples.bias, output: $0, threads: threads)
            }
        }
        expectClose(results[0], expected, "fast")
        #expect(results[0] == results[1] && results[0] == results[2], "\(Combination.current)")
    }

    private func checkTransposed(_ samples: ConvolutionSamples, flat: Bool) {
        let expected = samples.summed(transposed: true)
        let count = samples.transposedOutputCount
        let filter = flat ? samples.filter : samples.depthFirstFilter(swapped: true)
        let reference = filled(count) {
            if flat {
                ReferenceKernels.transposeConv2D(
                    samples.flat, input: samples.input, filter: filter, bias: samples.bias,
                    output: $0)
            } else {
                ReferenceKernels.conv3DTranspose(
                    samples.parameters, input: samples.input, filter: filter, bias: samples.bias,
                    output: $0)
            }
        }
        expectClose(reference, expected, within: 1e-6, "reference")
        let fast =
            flat
            ? FastConvolution(transposeConv2D: samples.flat, filter: filter)
            : FastConvolution(conv3DTranspose: samples.parameters, filter: filter)
        let results = (1...2).map { threads in
            filled(count) {
                fast.run(input: samples.input, bias: samples.bias, output: $0, threads: threads)
            }
        }
        expectClose(results[0], expected, "fast")
        #expect(results[0] == results[1], "\(Combination.current)")
    }
}
