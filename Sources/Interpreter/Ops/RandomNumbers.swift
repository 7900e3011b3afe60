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
    mutating func randomNumbers(_ distribution: RandomDistribution) throws -> Kernel {
        let dims = try integers(0)
        guard dims.allSatisfy({ $0 >= 0 }) else { throw malformed("numbers of shape \(dims)") }
        let y = try output(0, .float32, Shape(dims))
        return drawing(y) { frame, generator in
            let target = UnsafeMutableBufferPointer(start: frame.floatOutput(y), count: y.count)
            switch distribution {
            case .uniform: generator.uniform(target)
            case .normal: generator.normal(target)
            }
        }
    }

    /// MULTINOMIAL: for each row of logarithms of probabilities as many classes as the second input says.
    mutating func multinomial() throws -> Kernel {
        let (logits, samples) = (try floatInput(0), try integer(1))
        try require(logits, rank: 2)
        guard samples >= 0, logits.shape[1] > 0, let type = declaredType(0) else {
            throw malformed("\(samples) classes of \(logits.shape)")
        }
        guard type == .int32 || type == .int64 else { throw unsupported(type) }
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        let y = try output(0, type, [rows, samples])
        return drawing(y) { frame, generator in
            var index = 0
            generator.drawClasses(
                UnsafeBufferPointer(start: frame.floats(logits), count: logits.count), rows: rows,
                samples: samples
            ) { drawn in
                let drawn = min(drawn, classes - 1)
                switch type {
                case .int64: frame.output(y, as: Int64.self)[index] = Int64(drawn)
                default: frame.output(y, as: Int32.self)[index] = Int32(clamping: drawn)
                }
                index += 1
            }
        }
    }

    /// The kernel that writes `y` with the operator's generator.
    private mutating func drawing(
        _ y: Operand, _ draw: @escaping @Sendable (Frame, inout PhiloxGenerator) -> Void
    ) -> Kernel {
        let options = optionalOptions(RandomOptions.self) ?? RandomOptions()
        hasEffects = true
        let number = variables.number(of: "random numbers \(subgraphs.index) \(y.tensor)")
        let (seed, secondSeed) = (
            UInt64(bitPattern: options.seed), UInt64(bitPattern: options.secondSeed)
        )
        return { frame in
            frame.variables.withGenerator(number, seed, secondSeed) { draw(frame, &$0) }
        }
    }
}
