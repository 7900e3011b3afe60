import Kernels
import Tensors
import Testing

/// Results of TensorFlow 2.21 (`tf.nn.conv2d`, `tf.nn.conv2d_transpose`) on tiny data.
@Suite struct KnownConvolutionTests {
    @Test func transposedConvolution() throws {
        let input: [Float] = [1, 2, 3]
        let filter: [Float] = [1, 10, 100]
        let cases: [(Int, Padding, [Float])] = [
            (6, .same, [1, 10, 102, 20, 203, 30]), (5, .same, [10, 102, 20, 203, 30]),
            (7, .valid, [1, 10, 102, 20, 203, 30, 300]),
        ]
        for (extent, padding, expected) in cases {
            let width = try #require(
                WindowAxis(input: extent, kernel: 3, stride: 2, padding: padding))
            #expect(width.output == 3)
            let parameters = Conv2DParameters(
                batch: 1, height: .unit, width: width, inputChannels: 1, outputChannels: 1)
            let reference = filled(extent) {
                ReferenceKernels.transposeConv2D(
                    parameters, input: input, filter: filter, bias: nil, output: $0)
            }
            let fast = filled(extent) {
                FastConvolution(transposeConv2D: parameters, filter: filter)
                    .run(input: input, bias: nil, output: $0)
            }
            #expect(reference == expected)
            #expect(fast == expected)
        }
    }

    @Test func strideBeyondTheKernel() throws {
        let input: [Float] = [1, 2, 3, 4, 5, 6, 7]
        for (filter, expected) in [([1, 10], [21, 54, 7]), ([1], [1, 4, 7])] as [([Float], [Float])]
        {
            let width = try #require(
                WindowAxis(input: 7, kernel: filter.count, stride: 3, padding: .same))
            let parameters = Conv2DParameters(
                batch: 1, height: .unit, width: width, inputChannels: 1, outputChannels: 1)
            let reference = filled(3) {
                ReferenceKernels.conv2D(
                    parameters, input: input, filter: filter, bias: nil, output: $0)
            }
            let fast = filled(3) {
                FastConvolution(conv2D: parameters, filter: filter)
                    .run(input: input, bias: nil, output: $0)
            }
            #expect(reference == expected)
            #expect(fast == expected)
        }
    }

    @Test func nanReachesTheOutputThroughActivations() throws {
        let axis = try #require(WindowAxis(input: 2, kernel: 1, padding: .valid))
        for activation in [Clamp.none, .relu, .relu6] {
            let parameters = Conv2DParameters(
                batch: 1, height: .unit, width: axis, inputChannels: 1, outputChannels: 1,
                activation: activation)
            let fast = filled(2) {
                FastConvolution(conv2D: parameters, filter: [1])
                    .run(input: [.nan, -3], bias: nil, output: $0)
            }
            let reference = filled(2) {
                ReferenceKernels.conv2D(
                    parameters, input: [.nan, -3], filter: [1], bias: nil, output: $0)
            }
            let expected: Float = activation == .none ? -3 : 0
            #expect(fast[0].isNaN && reference[0].isNaN)
            #expect(fast[1] == expected && reference[1] == expected)
        }
    }
}
