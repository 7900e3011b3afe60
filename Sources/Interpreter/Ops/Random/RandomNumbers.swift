import Kernels
import TFLiteFormat
import Tensors

/// How random numbers are distributed.
enum RandomDistribution {
    case uniform, normal
}

extension OperatorPreparation {
    /// RANDOM_UNIFORM and RANDOM_STANDARD_NORMAL: numbers in the shape that the first input gives.
    ///
    /// The seeds of the options make numbers that are the same in each session; without any seed they are not.
    func randomNumbers(_ distribution: RandomDistribution) throws -> PreparedOperator {
        let dims = try integers(0)
        guard dims.allSatisfy({ $0 >= 0 }) else { throw malformed("\(dims) is not a shape") }
        let y = try output(0, .float32, Shape(dims))
        return drawing(y) { context, generator in
            let target = UnsafeMutableBufferPointer(start: context.floatOutput(y), count: y.count)
            switch distribution {
            case .uniform: generator.uniform(target)
            case .normal: generator.normal(target)
            }
        }
    }

    /// The operator that writes `y` with the operator's generator.
    func drawing(
        _ y: Operand, _ draw: @escaping @Sendable (RunContext, inout PhiloxGenerator) -> Void
    ) -> PreparedOperator {
        let options = optionalOptions(RandomOptions.self) ?? RandomOptions()
        let number = variables.number(of: "random numbers \(subgraphs.index) \(y.tensor)")
        let (seed, secondSeed) = (
            UInt64(bitPattern: options.seed), UInt64(bitPattern: options.secondSeed)
        )
        return PreparedOperator(y, hasEffects: true) { context in
            context.variables.withGenerator(number, seed, secondSeed) { draw(context, &$0) }
        }
    }
}
