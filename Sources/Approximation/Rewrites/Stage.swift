import GraphIR
import Tensors

/// One operation of a rewrite, which reads the result of the stage before it.
package struct Stage {
    package var op: Op
    /// What the operation reads besides: for linear ones the filter and, for the last, the bias.
    package var constants: [Constant]

    /// A stage with weights `[out, kh, kw, in]`, or `[out, in]` for a matrix product.
    package init(_ op: Op, _ filter: Filter, bias: [Double]? = nil) {
        let shape: Shape
        if case .fullyConnected = op {
            shape = [filter.count, filter.channels]
        } else {
            shape = [filter.count, filter.height, filter.width, filter.channels]
        }
        self.init(
            op,
            [Self.rounded(filter.elements, shape)] + (bias.map { [Constant($0, [$0.count])] } ?? [])
        )
    }

    package init(_ op: Op, _ constants: [Constant]) {
        self.op = op
        self.constants = constants
    }

    /// Numbers in single precision, which a file holds.
    package static func rounded(_ elements: [Double], _ shape: Shape) -> Constant {
        Constant(Tensor(elements.map { Float($0) }, shape))
    }

    /// The types of the results of stages one after the other.
    package static func types(of stages: [Stage], from input: TensorType) throws -> [TensorType] {
        var types: [TensorType] = []
        for stage in stages {
            types += try stage.op.outputTypes(
                for: [types.last ?? input] + stage.constants.map { TensorType($0.dtype, $0.shape) })
        }
        return types
    }
}
