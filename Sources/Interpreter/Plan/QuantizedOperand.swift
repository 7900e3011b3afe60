import Kernels
import TFLiteFormat
import Tensors

/// An operand whose integers stand for real numbers with one scale.
struct QuantizedOperand: Sendable {
    let operand: Operand
    /// Positive and finite.
    let scale: Float
    /// The integer that stands for 0; within the range of the type.
    let zeroPoint: Int32

    var dtype: DType { operand.dtype }
    var shape: Shape { operand.shape }
    var count: Int { operand.count }

    /// The elements in a run.
    func integers<Element: QuantizedElement>(
        _ context: RunContext, _: Element.Type = Element.self
    ) -> IntegerOperand<Element> {
        IntegerOperand(context.elements(operand), zeroPoint: zeroPoint)
    }

    /// The least and the greatest element of the type.
    var range: ClosedRange<Int32> { operand.dtype.quantizedRange ?? 0...0 }

    /// The least and the greatest element after an activation.
    func limits(_ activation: Clamp) -> ClosedRange<Int32> {
        range.limited(activation.lower, activation.upper, scale: scale, zeroPoint: zeroPoint)
    }
}

/// Weights whose integers stand for real numbers, with a scale for each output channel.
struct QuantizedWeights: Sendable {
    let operand: Operand
    /// One for each channel.
    let scales: [Float]
    /// Whether the file has one scale for all channels.
    let isPerTensor: Bool
    /// The integer that stands for 0.
    let zeroPoint: Int32

    /// The elements in a run.
    func integers<Element: QuantizedElement>(
        _ context: RunContext, _: Element.Type = Element.self
    ) -> IntegerOperand<Element> {
        IntegerOperand(context.elements(operand), zeroPoint: zeroPoint)
    }

    /// The weights if the fast kernels can multiply an input of some type with them: constant, of 8 bits, around 0.
    func constant(for x: QuantizedOperand, of type: DType = .int8) -> KnownElements? {
        x.dtype == type && operand.dtype == .int8 && zeroPoint == 0 ? operand.known : nil
    }
}

/// The bias of an integer operator, or zeros.
struct IntegerBias: Sendable {
    private let operand: Operand?
    private let count: Int
    /// The values, if they are known before the model runs.
    let known: [Int64]?

    fileprivate init(_ operand: Operand?, count: Int) {
        self.operand = operand
        self.count = count
        if let operand {
            known = operand.known.map { IntegerBias.values($0.start, operand.dtype, count) }
        } else {
            known = Array(repeating: 0, count: count)
        }
    }

    /// Whether the sums have 32 bits, as the bias has.
    var isNarrow: Bool { operand?.dtype == .int32 }

    /// The values in a run.
    func values(_ context: RunContext) -> [Int64] {
        known ?? operand.map { IntegerBias.values(context.bytes($0), $0.dtype, count) } ?? []
    }

    private static func values(_ start: UnsafeRawPointer, _ type: DType, _ count: Int) -> [Int64] {
        type == .int32
            ? (0..<count).map { Int64(start.assumingMemoryBound(to: Int32.self)[$0]) }
            : (0..<count).map { start.assumingMemoryBound(to: Int64.self)[$0] }
    }
}

extension OperatorPreparation {
    /// An input with one scale.
    func quantizedInput(_ index: Int) throws -> QuantizedOperand {
        try quantized(try input(index), "input \(index)")
    }

    /// An output with one scale.
    func quantizedOutput(_ dtype: DType, _ shape: Shape) throws -> QuantizedOperand {
        try quantized(try output(0, dtype, shape, quantized: true), "output 0")
    }

    private func quantized(_ operand: Operand, _ what: String) throws -> QuantizedOperand {
        guard let range = operand.dtype.quantizedRange else { throw unsupported(operand.dtype) }
        guard let quantization = operand.quantization, quantization.scale.count == 1,
            let scale = quantization.scale.first, scale > 0, scale.isFinite
        else { throw malformed("\(what) does not have one positive scale") }
        let zeroPoint = Int32(clamping: quantization.zeroPoint.first ?? 0)
        guard range.contains(zeroPoint), operand.dtype != .int16 || zeroPoint == 0 else {
            throw malformed("\(what) has the zero point \(zeroPoint)")
        }
        return QuantizedOperand(operand: operand, scale: scale, zeroPoint: zeroPoint)
    }

    /// Integer weights with a scale for all channels, or one for each of the channels along an axis.
    func quantizedWeights(_ index: Int, channels: Int, axis: Int) throws -> QuantizedWeights {
        let operand = try input(index)
        guard let quantization = operand.quantization, quantization.details == nil,
            let zeroPoint = quantization.zeroPoint.first,
            quantization.zeroPoint.count == quantization.scale.count,
            quantization.zeroPoint.allSatisfy({ $0 == zeroPoint }),
            quantization.scale.allSatisfy({ $0 >= 0 && $0.isFinite }),
            operand.dtype.quantizedRange?.contains(Int32(clamping: zeroPoint)) == true
        else { throw unsupported("weights of this quantization") }
        let isPerTensor = quantization.scale.count == 1
        guard
            isPerTensor
                || quantization.scale.count == channels && quantization.quantizedDimension == axis
        else { throw malformed("\(quantization.scale.count) scales for \(channels) channels") }
        return QuantizedWeights(
            operand: operand,
            scales: isPerTensor
                ? Array(repeating: quantization.scale[0], count: channels) : quantization.scale,
            isPerTensor: isPerTensor, zeroPoint: Int32(clamping: zeroPoint))
    }

    /// A bias of `count` integers of 32 or 64 bits, or zeros if it is absent.
    func integerBias(_ index: Int, count: Int) throws -> IntegerBias {
        guard let bias = optionalInput(index) else { return IntegerBias(nil, count: count) }
        guard bias.dtype == .int32 || bias.dtype == .int64 else { throw unsupported(bias.dtype) }
        guard bias.count == count else {
            throw malformed("a bias of shape \(bias.shape) for \(count) channels")
        }
        return IntegerBias(bias, count: count)
    }

    /// How sums of products of an input and weights become elements of the output.
    func scaling(
        _ x: QuantizedOperand, _ weights: QuantizedWeights, _ bias: IntegerBias,
        to y: QuantizedOperand, _ activation: Clamp
    ) -> OutputScaling {
        OutputScaling(
            weights.scales.map { Double(x.scale) * Double($0) / Double(y.scale) },
            x.dtype == .int16 && !bias.isNarrow ? .reduced : .twice, zeroPoint: y.zeroPoint,
            limits: y.limits(activation))
    }

    /// The Swift type of quantized elements.
    func elementType(_ dtype: DType) throws -> any QuantizedElement.Type {
        switch dtype {
        case .int8: Int8.self
        case .uint8: UInt8.self
        case .int16: Int16.self
        default: throw unsupported(dtype)
        }
    }

    /// The Swift type of weights for quantized elements.
    func weightType(
        _ weights: QuantizedWeights, for x: QuantizedOperand
    ) throws -> any QuantizedElement.Type {
        switch (x.dtype, weights.operand.dtype) {
        case (.uint8, .uint8): UInt8.self
        case (.int8, .int8), (.int16, .int8): Int8.self
        default: throw unsupported(weights.operand.dtype)
        }
    }
}

extension DType {
    /// The integers that quantized elements of this type can be; nil for other types.
    var quantizedRange: ClosedRange<Int32>? {
        switch self {
        case .int8: -128...127
        case .uint8: 0...255
        case .int16: -32768...32767
        default: nil
        }
    }
}
