import Kernels
import TFLiteFormat
import Tensors

/// Options that several window operators share, checked.
struct WindowOptions {
    let padding: WindowPadding
    let activation: FusedActivation
}

extension OperatorPreparation {
    /// The border rule and the clamp of a window operator.
    func windowOptions(_ padding: Padding, _ activation: ActivationFunction) -> WindowOptions {
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
        return axis
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

extension ActivationFunction {
    /// The clamp that a kernel applies; TANH and SIGN_BIT do nothing there, as in LiteRT.
    var clamp: FusedActivation {
        switch self {
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .none, .tanh, .signBit: .none
        }
    }
}

/// A convolution whose weights are packed once where they are constant, else in each run.
struct PreparedConvolution<Parameters: Sendable>: Sendable {
    private let parameters: Parameters
    private let filter: Operand
    private let packed: FastConvolution?
    private let pack: @Sendable (Parameters, UnsafePointer<Float>) -> FastConvolution

    init(
        _ parameters: Parameters, filter: Operand, output: Operand,
        pack: @escaping @Sendable (Parameters, UnsafePointer<Float>) -> FastConvolution
    ) {
        self.parameters = parameters
        self.filter = filter
        self.pack = pack
        let known = output.count > 0 ? filter.known : nil
        packed = known?.bytes.baseAddress.map {
            pack(parameters, $0.assumingMemoryBound(to: Float.self))
        }
    }

    func run(_ frame: Frame, input: Operand, bias: Operand?, output: Operand) {
        let convolution = packed ?? pack(parameters, frame.floats(filter))
        convolution.run(
            input: frame.floats(input), bias: frame.floats(bias), output: frame.floatOutput(output),
            threads: frame.threads)
    }
}
