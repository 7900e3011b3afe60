import Foundations
import GraphIR
import Passes
import Tensors

/// A graph of layers one after the other with weights that a test makes.
struct WeightGraph {
    let builder = GraphBuilder(name: "g")
    var generator: SplitMix64
    private(set) var value: ValueID

    init(_ shape: Shape, seed: UInt64) {
        generator = SplitMix64(seed: seed)
        value = builder.input(TensorType(.float32, shape), name: "x")
    }

    var shape: Shape { builder.shape(of: value) }

    /// Adds an operation that reads the last value, with these constants.
    mutating func add(_ op: Op, _ constants: (Shape, [Double])...) throws {
        builder.layer = "layer\(value.index)"
        value = try builder.add(
            op,
            [value]
                + constants.map {
                    builder.constant(Constant(Tensor($1.map { Float($0) }, $0)), role: "w")
                })
    }

    /// The graph with the last value as its output.
    func finished() -> Graph {
        builder.output(value, name: "y")
        return builder.graph
    }

    /// Numbers of both signs, some of them large.
    mutating func numbers(_ count: Int) -> [Double] {
        (0..<count).map { _ in
            Double.random(in: -1...1, using: &generator) * (Bool.random(using: &generator) ? 1 : 3)
        }
    }

    /// One of several values.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    /// A convolution's strides, dilations and padding, not both strides and dilations.
    mutating func convolution() -> Conv2D {
        let isDilated = pick([false, false, true])
        return Conv2D(
            strides: isDilated ? .one : Size2D(pick([1, 1, 2, 3]), pick([1, 2])),
            dilations: isDilated ? Size2D(pick([1, 2]), 2) : .one,
            padding: pick([.same, .valid]), activation: pick([.none, .relu]))
    }
}

extension Rewriting {
    /// What passes make of a graph.
    init(_ graph: Graph, _ first: any Pass, _ others: any Pass...) throws {
        try self.init(graph, stages: [[first] + others])
    }
}
