import CKernels

/// An output's scaling in the form that the kernels in C read.
struct PackedScaling: Sendable {
    private let mantissas: [Int32]
    private let leftShifts: [Int32]
    private let rightShifts: [Int32]
    private let zeroPoint: Int32
    private let limits: ClosedRange<Int32>

    /// The scaling of some channels, repeated up to whole panels.
    init(_ scaling: OutputScaling, channels: Range<Int>) {
        let multipliers = channels.map { scaling.multipliers[$0] }
        let width = kernels_integer_panel_width()
        let padding = [Int32](
            repeating: 0, count: (multipliers.count + width - 1) / width * width - multipliers.count
        )
        mantissas = multipliers.map(\.mantissa) + padding
        leftShifts = multipliers.map(\.leftShift) + padding
        rightShifts = multipliers.map(\.rightShift) + padding
        zeroPoint = scaling.zeroPoint
        limits = scaling.limits
    }

    /// Calls `body` with the scaling.
    func withKernels(_ body: (UnsafePointer<kernels_requantization>) -> Void) {
        mantissas.withUnsafeBufferPointer { mantissas in
            leftShifts.withUnsafeBufferPointer { leftShifts in
                rightShifts.withUnsafeBufferPointer { rightShifts in
                    var scaling = kernels_requantization(
                        mantissas: mantissas.baseAddress, left_shifts: leftShifts.baseAddress,
                        right_shifts: rightShifts.baseAddress, zero_point: zeroPoint,
                        lower: limits.lowerBound, upper: limits.upperBound)
                    body(&scaling)
                }
            }
        }
    }
}
