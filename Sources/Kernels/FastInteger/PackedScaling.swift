import CKernels

/// An output's scaling in the form that the kernels in C read.
struct PackedScaling: Sendable {
    private let mantissas: [Int32]
    private let leftShifts: [Int32]
    private let rightShifts: [Int32]
    private let zeroPoint: Int32
    private let limits: ClosedRange<Int32>
    /// The fast form; empty if there is none.
    private var terms: [Int64] = []

    /// The scaling of some channels, filled up to whole panels.
    init(_ scaling: OutputScaling, channels: some Collection<Int>) {
        let multipliers = channels.map { scaling.multipliers[$0] }
        let width = kc_integer_panel_width()
        let padding = [Int32](
            repeating: 0, count: (multipliers.count + width - 1) / width * width - multipliers.count
        )
        mantissas = multipliers.map(\.mantissa) + padding
        leftShifts = multipliers.map(\.leftShift) + padding
        rightShifts = multipliers.map(\.rightShift) + padding
        zeroPoint = scaling.zeroPoint
        limits = scaling.limits
        terms = fastTerms()
    }

    private func fastTerms() -> [Int64] {
        guard mantissas.count % 16 == 0 else { return [] }
        return [Int64](unsafeUninitializedCapacity: 3 * mantissas.count) { buffer, count in
            buffer.initialize(repeating: 0)
            withKernels { scaling in
                let written = kc_integer_scaling_terms(
                    mantissas.count, scaling, buffer.baseAddress)
                count = written > 0 ? 3 * mantissas.count : 0
            }
        }
    }

    /// Calls `body` with the scaling.
    func withKernels(_ body: (UnsafePointer<kc_requantization>) -> Void) {
        mantissas.withUnsafeBufferPointer { mantissas in
            leftShifts.withUnsafeBufferPointer { leftShifts in
                rightShifts.withUnsafeBufferPointer { rightShifts in
                    terms.withUnsafeBufferPointer { terms in
                        var scaling = kc_requantization(
                            mantissas: mantissas.baseAddress, left_shifts: leftShifts.baseAddress,
                            right_shifts: rightShifts.baseAddress, zero_point: zeroPoint,
                            lower: limits.lowerBound, upper: limits.upperBound,
                            terms: terms.isEmpty ? nil : terms.baseAddress)
                        body(&scaling)
                    }
                }
            }
        }
    }
}
