import CKernels

extension FastIntegerKernels {
    /// A function of the pairs of 8-bit elements of the broadcast of two operands; false if it has no fast form.
    package static func binary(
        _ function: IntegerBinary, _ loop: BroadcastLoop, _ a: IntegerOperand<Int8>,
        _ b: IntegerOperand<Int8>, scaling: OutputScaling, output: UnsafeMutablePointer<Int8>,
        threads: Int = 1
    ) -> Bool {
        var pair = kernels_integer_pair()
        pair.a_zero_point = a.zeroPoint
        pair.b_zero_point = b.zeroPoint
        let isSum: Bool
        switch function {
        case .sum(let scales, let isDifference):
            isSum = true
            scales.describe(&pair, isDifference: isDifference)
        case .product: isSum = false
        case .squaredDifference, .quotient: return false
        }
        PackedScaling(scaling, channels: 0..<1).withKernels { scaling in
            loop.forEachBlock(threads: threads) { shape, offsets, first in
                var job = pair
                job.a_step = shape.a_step
                job.b_step = shape.b_step
                for row in 0..<shape.rows {
                    job.a = a.elements + (offsets.a + row * shape.a_row)
                    job.b = b.elements + (offsets.b + row * shape.b_row)
                    let target = output + (first + row * shape.count)
                    if isSum {
                        kernels_integer_sum(shape.count, &job, scaling, target)
                    } else {
                        kernels_integer_product(shape.count, &job, scaling, target)
                    }
                }
            }
        }
        return true
    }
}

extension IntegerPair {
    /// Writes what the kernels in C read; the right operand of a difference is negated.
    fileprivate func describe(_ pair: inout kernels_integer_pair, isDifference: Bool) {
        pair.shift = shift
        pair.a_mantissa = leftMultiplier.mantissa
        pair.a_right_shift = leftMultiplier.rightShift
        pair.b_mantissa = rightMultiplier.mantissa
        pair.b_right_shift = rightMultiplier.rightShift
        pair.subtracts = isDifference ? 1 : 0
    }
}
