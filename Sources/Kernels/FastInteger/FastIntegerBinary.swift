import CKernels

/// The sum, difference or product of 8-bit integers with the vector units of the processor.
package struct FastIntegerBinary: Sendable {
    private let isSum: Bool
    private let pair: IntegerPair?
    private let isDifference: Bool
    private let scaling: PackedScaling

    /// Nil for a function without such a form.
    package init?(_ function: IntegerBinary, scaling: OutputScaling) {
        switch function {
        case .sum(let pair, let isDifference):
            self.pair = pair
            self.isDifference = isDifference
            isSum = true
        case .product:
            pair = nil
            isDifference = false
            isSum = false
        case .squaredDifference, .quotient: return nil
        }
        self.scaling = PackedScaling(scaling, channels: 0..<1)
    }

    /// The function of the pairs of elements of the broadcast of two operands.
    package func run(
        _ loop: BroadcastLoop, _ a: IntegerOperand<Int8>, _ b: IntegerOperand<Int8>,
        output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        var description = kc_integer_pair()
        description.a_zero_point = a.zeroPoint
        description.b_zero_point = b.zeroPoint
        description.subtracts = isDifference ? 1 : 0
        pair?.describe(&description)
        scaling.withKernels { scaling in
            loop.forEachBlock(threads: threads) { shape, offsets, first in
                var job = description
                job.a_step = shape.a_step
                job.b_step = shape.b_step
                for row in 0..<shape.rows {
                    job.a = a.elements + (offsets.a + row * shape.a_row)
                    job.b = b.elements + (offsets.b + row * shape.b_row)
                    let target = output + (first + row * shape.count)
                    if isSum {
                        kc_integer_sum(shape.count, &job, scaling, target)
                    } else {
                        kc_integer_product(shape.count, &job, scaling, target)
                    }
                }
            }
        }
    }
}

extension IntegerPair {
    /// Writes the multipliers as the kernels in C read them.
    fileprivate func describe(_ pair: inout kc_integer_pair) {
        pair.shift = shift
        pair.a_mantissa = leftMultiplier.mantissa
        pair.a_right_shift = leftMultiplier.rightShift
        pair.b_mantissa = rightMultiplier.mantissa
        pair.b_right_shift = rightMultiplier.rightShift
    }
}
