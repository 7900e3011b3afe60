import GraphIR
import Tensors

extension Op {
    /// The clamp that the operation applies to its result; nil for operations that cannot apply one.
    var activation: Clamp? {
        switch self {
        case .conv2D(let payload): payload.activation
        case .depthwiseConv2D(let payload): payload.activation
        case .transposeConv2D(let payload): payload.activation
        case .conv3D(let payload): payload.activation
        case .transposeConv3D(let payload): payload.activation
        case .fullyConnected(let payload): payload.activation
        case .pool2D(let payload): payload.activation
        case .binary(let payload): payload.kind.canClamp ? payload.activation : nil
        default: nil
        }
    }

    /// The operation with another clamp; unchanged where it cannot apply one.
    func clamping(to activation: Clamp) -> Op {
        switch self {
        case .conv2D(let payload): payload.clamping(to: activation, \.activation).op
        case .depthwiseConv2D(let payload): payload.clamping(to: activation, \.activation).op
        case .transposeConv2D(let payload): payload.clamping(to: activation, \.activation).op
        case .conv3D(let payload): payload.clamping(to: activation, \.activation).op
        case .transposeConv3D(let payload): payload.clamping(to: activation, \.activation).op
        case .fullyConnected(let payload): payload.clamping(to: activation, \.activation).op
        case .pool2D(let payload): payload.clamping(to: activation, \.activation).op
        case .binary(let payload) where payload.kind.canClamp:
            payload.clamping(to: activation, \.activation).op
        default: self
        }
    }
}

extension OpPayload {
    fileprivate func clamping(
        to activation: Clamp, _ path: WritableKeyPath<Self, Clamp>
    ) -> Self {
        var copy = self
        copy[keyPath: path] = activation
        return copy
    }
}

extension Binary.Kind {
    /// Whether the runtime's operator can clamp its result.
    fileprivate var canClamp: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide: true
        default: false
        }
    }
}

extension Clamp {
    /// The clamp that a function of elements is.
    init?(_ kind: Unary.Kind) {
        switch kind {
        case .relu: self = .relu
        case .relu6: self = .relu6
        case .reluN1To1: self = .reluN1To1
        default: return nil
        }
    }

    /// This clamp followed by another, where that is one clamp.
    func then(_ next: Clamp) -> Clamp? {
        switch (self, next) {
        case (.none, _): next
        case (_, .none): self
        case (.relu, .relu), (.relu6, .relu), (.relu6, .relu6), (.reluN1To1, .reluN1To1): self
        case (.relu, .relu6): next
        default: nil
        }
    }
}
