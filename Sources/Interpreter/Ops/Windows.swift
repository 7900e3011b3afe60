import Kernels
import TFLiteFormat
import Tensors

/// Options that several window operators share, checked.
struct WindowOptions {
    let padding: Padding
    let activation: Clamp
}

extension OperatorPreparation {
    /// The border rule and the clamp of a window operator.
    func windowOptions(_ padding: TFLitePadding, _ activation: TFLiteActivation) -> WindowOptions {
        WindowOptions(
            padding: padding == .same ? .same : .valid, activation: activation.clamp)
    }

    /// A window that slides along one axis.
    func axis(
        _ extent: Int, kernel: Int, stride: Int, dilation: Int = 1, _ options: WindowOptions
    ) throws -> WindowAxis {
        guard
            let axis = WindowAxis(
                input: extent, kernel: kernel, stride: stride, dilation: dilation,
                padding: options.padding)
        else {
            throw malformed("window \(kernel), stride \(stride) or dilation \(dilation)")
        }
        return axis.withoutIdleSteps ?? axis
    }

    /// Throws where a convolution would need a copy of its data, with zeros around, beyond the memory limit.
    func requireScratch(_ axes: [WindowAxis], channels: Int) throws {
        try requireScratch(axes.map(\.reach) + [channels])
    }

    /// Throws where a transposed convolution would need a copy of its data beyond the memory limit.
    func requireTransposedScratch(_ axes: [WindowAxis], channels: Int) throws {
        try requireScratch(axes.map { ($0.span + $0.input) / $0.stride + 2 } + [channels])
    }

    /// Throws where so many floats exceed the memory limit.
    func requireScratch(_ extents: [Int]) throws {
        let limit = Int(Int32.max)
        guard extents.allSatisfy({ $0 <= limit }) else {
            throw unsupported("a window that reaches over \(extents)")
        }
        _ = try budget.byteCount(.float32, Shape(extents), "scratch of \(code.builtin)")
    }

    /// The axis of the convolution that a transposed convolution transposes.
    ///
    /// - Throws: `Problem.Kind.malformed` where an output of this extent does not belong to the input.
    func transposedAxis(
        input: Int, output: Int, kernel: Int, stride: Int, dilation: Int = 1,
        _ options: WindowOptions
    ) throws -> WindowAxis {
        guard stride <= 1 << 12 else { throw unsupported("stride \(stride)") }
        let axis = try axis(
            output, kernel: kernel, stride: stride, dilation: dilation, options)
        guard axis.output == input else {
            throw malformed("an output of extent \(output) does not belong to input \(input)")
        }
        return axis
    }

    /// A bias of `count` floats, or nil where it is absent.
    func bias(_ index: Int, count: Int) throws -> Operand? {
        guard let bias = try optionalFloatInput(index) else { return nil }
        guard bias.count == count else {
            throw malformed("a bias of shape \(bias.shape) for \(count) channels")
        }
        return bias
    }

    /// Throws where an operand has another rank.
    func require(_ operand: Operand, rank: Int) throws {
        guard operand.shape.rank == rank else {
            throw malformed("an operand of shape \(operand.shape) instead of rank \(rank)")
        }
    }
}

extension WindowAxis {
    /// Positions that a block of windows covers, as the fast kernels cut an image into blocks.
    fileprivate var reach: Int { span + (min(max(output, 1), 1 << 16) - 1) * stride }

    /// The same axis with a stride of 1 where there is one position, and a dilation of 1 where there is one tap.
    fileprivate var withoutIdleSteps: WindowAxis? {
        WindowAxis(
            input: input, kernel: kernel, output: output, stride: output <= 1 ? 1 : stride,
            dilation: kernel == 1 ? 1 : dilation, padBefore: padBefore)
    }
}

extension TFLiteActivation {
    /// The clamp that a kernel applies; TANH and SIGN_BIT do nothing there, as in LiteRT.
    var clamp: Clamp {
        switch self {
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .none, .tanh, .signBit: .none
        }
    }
}

/// A convolution whose weights are packed at the first run where they are constant and kept, else in each run.
struct PreparedConvolution<Parameters: Sendable>: Sendable {
    private let parameters: Parameters
    private let filter: Operand
    private let packed: Once<FastConvolution>?
    private let pack: Packing

    /// Packs a filter, or takes from what has been packed of it before.
    typealias Packing =
        @Sendable (Parameters, UnsafePointer<Float>, PackedMatrices) -> FastConvolution

    init(_ parameters: Parameters, filter: Operand, pack: @escaping Packing) {
        self.parameters = parameters
        self.filter = filter
        self.pack = pack
        packed = filter.known.flatMap { known in
            known.packed.map { matrices in Once { pack(parameters, known.floats, matrices) } }
        }
    }

    func run(_ frame: Frame, input: Operand, bias: Operand?, output: Operand) {
        let convolution =
            packed?.value ?? pack(parameters, frame.floats(filter), PackedMatrices())
        convolution.run(
            input: frame.floats(input), bias: frame.floats(bias), output: frame.floatOutput(output),
            threads: frame.threads)
    }
}
