import Evaluation
import Foundations
import GraphIR
import Tensors
import TestSupport
import Testing

import Approximation

/// Layers on blocks of pixels compute what they computed before.
struct PhaseRegionTests {
    private func graph(kernels: [Int], last: Int?, lastStride: Int = 2) throws -> Graph {
        var generator = SplitMix64(seed: UInt64(kernels.reduce(1) { $0 * 10 + $1 }))
        let builder = GraphBuilder(name: "blocks")
        var x = builder.input(TensorType(.float32, [2, 8, 6, 3]), name: "x")
        func convolution(_ x: ValueID, _ kernel: Int, _ op: Conv2D) throws -> ValueID {
            let channels = builder.shape(of: x)[3]
            let filter = builder.constant(
                Constant(
                    (0..<5 * kernel * kernel * channels).map { _ in generator.nextUnit() - 0.5 },
                    [5, kernel, kernel, channels]), role: "kernel")
            let bias = builder.constant(
                Constant((0..<5).map { _ in generator.nextUnit() }, [5]), role: "bias")
            return try builder.add(.conv2D(op), [x, filter, bias])
        }
        for kernel in kernels {
            x = try convolution(x, kernel, Conv2D(padding: .same))
            x = try builder.multiply(x, builder.unary(.sigmoid, x))
        }
        if let last {
            x = try convolution(
                x, last, Conv2D(strides: Size2D(lastStride, lastStride), padding: .same))
        }
        builder.output(x, name: "y")
        return builder.graph
    }

    @Test(arguments: [[3, 3], [1, 5, 3], [2, 3], [7, 3]], [nil, 1, 2, 3, 4, 5, 7])
    func outputsStay(kernels: [Int], last: Int?) throws {
        let graph = try graph(kernels: kernels, last: last)
        let regions = PhaseRegion.all(in: graph)
        #expect(kernels.contains(2) || regions.count == 1)
        for region in regions {
            let changed = try region.applied(to: graph)
            try changed.verify()
            #expect(changed.text.contains("spaceToDepth"))
            #expect(changed.text.contains("depthToSpace") == (last == nil))
            var generator = SplitMix64(seed: 5)
            let input = Tensor(
                (0..<288).map { _ in Float(generator.nextUnit() * 2 - 1) }, [2, 8, 6, 3])
            let found = try GraphEvaluator(changed, precision: .reference).run([input])[0]
            let expected = try GraphEvaluator(graph, precision: .reference).run([input])[0]
            #expect(Difference(found, expected).relative < 1e-6)
        }
    }

    @Test func oddImagesAndValidPaddingStay() throws {
        let builder = GraphBuilder(name: "odd")
        var x = builder.input(TensorType(.float32, [1, 7, 6, 3]), name: "x")
        let filter = builder.constant(
            Constant([Double](repeating: 0.1, count: 81), [3, 3, 3, 3]), role: "kernel")
        for _ in 0..<2 { x = try builder.add(.conv2D(Conv2D(padding: .same)), [x, filter]) }
        builder.output(x, name: "y")
        #expect(PhaseRegion.all(in: builder.graph).isEmpty)
    }
}
