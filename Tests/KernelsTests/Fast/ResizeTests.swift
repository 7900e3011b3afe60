import Foundations
import Kernels
import TestSupport
import Testing

/// Values of TensorFlow 2.21's `ResizeBilinear` and `ResizeNearestNeighbor` on a 2×3 image.
@Suite struct ResizeTests {
    private let image: [Float] = [1, 4, 2, 8, 5, 7]
    private let bilinear: [ResizeCoordinates: [Float]] = [
        .asymmetric: [
            1, 2.8, 3.6, 2.4, 2, 5.666667, 5.0666666, 4.8, 5.2, 5.3333335, 8, 6.2, 5.4, 6.6, 7,
        ],
        .alignCorners: [1, 2.5, 4, 3, 2, 4.5, 4.5, 4.5, 4.5, 4.5, 8, 6.5, 5, 6, 7],
        .halfPixel: [1, 2.2, 4, 2.8, 2, 4.5, 4.5, 4.5, 4.5, 4.5, 8, 6.8, 5, 6.2, 7],
    ]
    private let nearest: [ResizeCoordinates: [Float]] = [
        .asymmetric: [1, 1, 4, 4, 2, 1, 1, 4, 4, 2, 8, 8, 5, 5, 7],
        .alignCorners: [1, 4, 4, 2, 2, 8, 5, 5, 7, 7, 8, 5, 5, 7, 7],
        .halfPixel: [1, 1, 4, 2, 2, 8, 8, 5, 7, 7, 8, 8, 5, 7, 7],
    ]
    private let shrunk: [ResizeCoordinates: (bilinear: [Float], nearest: [Float])] = [
        .asymmetric: ([1, 3], [1, 4]), .alignCorners: ([1, 2], [1, 2]),
        .halfPixel: ([4.5, 4.5], [8, 7]),
    ]

    @Test(arguments: ResizeCoordinates.allCases)
    func knownValues(_ coordinates: ResizeCoordinates) throws {
        let larger = parameters(3, 5, coordinates)
        expectClose(
            filled(15) { ReferenceKernels.resizeBilinear(larger, input: image, output: $0) },
            try #require(bilinear[coordinates]), within: 1e-6)
        #expect(
            filled(15) {
                ReferenceKernels.resizeNearest(larger, elementSize: 4, input: image, output: $0)
            } == nearest[coordinates])
        let smaller = parameters(1, 2, coordinates)
        #expect(
            filled(2) { ReferenceKernels.resizeBilinear(smaller, input: image, output: $0) }
                == shrunk[coordinates]?.bilinear)
        #expect(
            filled(2) {
                ReferenceKernels.resizeNearest(smaller, elementSize: 4, input: image, output: $0)
            } == shrunk[coordinates]?.nearest)
    }

    @Test func fastResizeAgreesWithReference() {
        withEvery(
            Choice("coordinates", ResizeCoordinates.allCases), Choice("channels", [1, 3, 16, 37]),
            Choice("size", [1, 4, 9]), Choice("threads", [1, 2])
        ) { coordinates, channels, size, threads in
            let parameters = ResizeParameters(
                batch: 2, inputHeight: 3, inputWidth: 5, outputHeight: size, outputWidth: 2 * size,
                channels: channels, coordinates: coordinates)
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(2 * 3 * 5 * channels)
            let count = 4 * size * size * channels
            expectClose(
                filled(count) {
                    FastKernels.resizeBilinear(parameters, input: x, output: $0, threads: threads)
                },
                filled(count) {
                    ReferenceKernels.resizeBilinear(parameters, input: x, output: $0)
                }, within: 1e-6)
        }
    }

    private func parameters(_ height: Int, _ width: Int, _ coordinates: ResizeCoordinates)
        -> ResizeParameters
    {
        ResizeParameters(
            batch: 1, inputHeight: 2, inputWidth: 3, outputHeight: height, outputWidth: width,
            channels: 1, coordinates: coordinates)
    }
}
