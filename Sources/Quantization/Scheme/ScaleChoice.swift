import GraphIR
import Tensors

/// Scales and zero points for ranges of numbers.
struct ScaleChoice: Sendable {
    /// The width of the integers: 8, asymmetric unless asked for, or 16, always symmetric.
    let bits: Int

    /// The storage of a group of values.
    func storage(of group: ScaleGroups.Group) -> Storage {
        if let fixed = group.fixed {
            let scale = bits == 8 ? fixed.scale : fixed.wideScale ?? fixed.scale
            return integer(Float(scale), bits == 8 ? fixed.zeroPoint : 0)
        }
        return storage(of: group.range ?? ObservedRange(0, 0), isSymmetric: group.isSymmetric)
    }

    /// The storage of numbers in a range, which 0 is exact in.
    func storage(of range: ObservedRange, isSymmetric: Bool = false) -> Storage {
        let range = range.includingZero
        guard range.width > 0, range.width.isFinite else { return integer(Self.scaleOfZeros, 0) }
        if bits == 16 || isSymmetric {
            let greatest = Double(1 << (bits - 1) - 1)
            return integer(Self.positive(range.magnitude / greatest), 0)
        }
        let scale = Self.positive(range.width / 255)
        let zeroPoint = (-128 - range.low / Double(scale)).rounded(.toNearestOrAwayFromZero)
        return integer(scale, Int(min(max(zeroPoint, -128), 127)))
    }

    /// The scale of values that are always 0; kernels of comparisons want it below 1.
    private static let scaleOfZeros: Float = 1.0 / 128

    private func integer(_ scale: Float, _ zeroPoint: Int) -> Storage {
        .integer(
            bits: bits, isSigned: true, QuantizationParameters(scale: scale, zeroPoint: zeroPoint))
    }

    /// A scale that kernels can divide by.
    private static func positive(_ scale: Double) -> Float { max(Float(scale), 1e-9) }
}

extension Storage {
    /// The one scale of all elements; nil if there are several or none.
    package var scale: Float? {
        guard case .integer(_, _, let parameters) = self, parameters.axis == nil else { return nil }
        return parameters.scales.first
    }

    /// The zero point of all elements; nil if there are several or none.
    package var zeroPoint: Int? {
        guard case .integer(_, _, let parameters) = self, parameters.axis == nil else { return nil }
        return parameters.zeroPoints.first
    }
}
