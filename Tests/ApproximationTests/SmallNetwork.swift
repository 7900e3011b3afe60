import Evaluation
import Foundations
import GraphIR
import Tensors

import Approximation
import Quantization

/// A small network with random weights whose second convolution is nearly of low rank, and inputs for it.
struct SmallNetwork: SampleSource {
    let graph: Graph
    let count: Int

    init(rank: Int = 3, noise: Double = 0.02, sampleCount: Int = 40) throws {
        count = sampleCount
        var generator = SplitMix64(seed: 9)
        func random(_ count: Int, _ scale: Double) -> [Double] {
            (0..<count).map { _ in (generator.nextUnit() * 2 - 1) * scale }
        }
        let builder = GraphBuilder(name: "small")
        let image = builder.input(TensorType(.float32, [1, 12, 12, 4]), name: "image")
        let channels = 24
        let first = builder.constant(
            Constant(random(channels * 9 * 4, 0.4), [channels, 3, 3, 4]), role: "kernel")
        var x = try builder.add(.conv2D(Conv2D(padding: .same)), [image, first])
        x = try builder.add(.unary(Unary(.relu)), [x])
        let (left, right) = (random(32 * rank, 0.3), random(rank * 9 * channels, 0.3))
        var kernel = random(32 * 9 * channels, noise)
        for output in 0..<32 {
            for tap in 0..<9 * channels {
                for k in 0..<rank {
                    kernel[output * 9 * channels + tap] +=
                        left[output * rank + k] * right[k * 9 * channels + tap]
                }
            }
        }
        let second = builder.constant(Constant(kernel, [32, 3, 3, channels]), role: "kernel")
        let bias = builder.constant(Constant(random(32, 0.5), [32]), role: "bias")
        x = try builder.add(
            .conv2D(Conv2D(padding: .same, activation: .relu)), [x, second, bias])
        builder.output(x, name: "y")
        graph = builder.graph
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        var generator = SplitMix64(seed: UInt64(index) + 100)
        return [
            Tensor(
                (0..<12 * 12 * 4).map { _ in Float(generator.nextUnit() * 2 - 1) }, [1, 12, 12, 4])
        ]
    }
}

extension Graph {
    /// The elements of the first output for inputs.
    func outputs(for inputs: [Tensor]) throws -> [Float] {
        try GraphEvaluator(self, precision: .fast).run(inputs)[0].array(of: Float.self)
    }
}
