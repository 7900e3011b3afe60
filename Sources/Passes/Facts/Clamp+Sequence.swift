import GraphIR
import Tensors

extension Clamp {
    /// This clamp followed by another, if that is one clamp.
    func then(_ next: Clamp) -> Clamp? {
        switch (self, next) {
        case (.none, _): next
        case (_, .none): self
        case (.relu, .relu), (.relu6, .relu), (.relu6, .relu6), (.reluN1To1, .reluN1To1): self
        case (.relu, .relu6): next
        default: nil
        }
    }

    /// Bounds of clamped values.
    var range: ClosedRange<Double> {
        switch self {
        case .none: -.infinity...(.infinity)
        case .relu: 0...(.infinity)
        case .relu6: 0...6
        case .reluN1To1: -1...1
        }
    }
}
