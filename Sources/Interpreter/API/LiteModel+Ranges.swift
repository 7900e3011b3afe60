import Tensors
import TFLiteFormat

extension LiteModel {
    /// For each input the real numbers that its integers reach, or those that the operators make of it that read it; nil if it is
    /// read as floats.
    package var inputRanges: [ClosedRange<Double>?] {
        let graph = file.subgraphs[subgraph]
        return inputs.map { input in
            if let range = input.range() { return range }
            let ranges = graph.operators.filter { $0.inputs.contains(input.tensorIndex) }.map {
                reader -> ClosedRange<Double>? in
                guard file[reader.opcodeIndex].builtin == .quantize,
                    let made = reader.outputs.first.map({ graph[$0] }), let dtype = made.type.dtype
                else { return nil }
                return LiteQuantization(made)?.range(of: dtype)
            }
            guard let first = ranges.first, ranges.allSatisfy({ $0 == first }) else { return nil }
            return first
        }
    }
}

extension LiteTensorDescription {
    /// The real numbers that the integers reach; nil if they stand for themselves, or have several scales.
    ///
    /// - Parameter steps: how many steps further the range goes.
    package func range(beyond steps: Double = 0) -> ClosedRange<Double>? {
        quantization?.range(of: elementType.dtype, beyond: steps)
    }
}

extension LiteQuantization {
    /// The real numbers that the integers of a type reach; nil for a type that is not quantized, or several scales.
    fileprivate func range(of dtype: DType, beyond steps: Double = 0) -> ClosedRange<Double>? {
        guard axis == nil, let scale = scales.first, let zeroPoint = zeroPoints.first,
            let integers = dtype.quantizedRange
        else { return nil }
        func real(_ integer: Double) -> Double { Double(scale) * (integer - Double(zeroPoint)) }
        return real(Double(integers.lowerBound) - steps)...real(Double(integers.upperBound) + steps)
    }
}
