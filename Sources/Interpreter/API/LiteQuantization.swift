import TFLiteFormat
import Tensors

/// How integers of a tensor stand for real numbers: `real = scale · (integer − zero point)`.
public struct LiteQuantization: Sendable, Hashable, CustomStringConvertible {
    /// The scales; one for the whole tensor, or one for each slice along `axis`.
    public let scales: [Float]
    /// The integers that stand for 0, as many as scales.
    public let zeroPoints: [Int]
    /// The axis whose slices have scales of their own; nil if one scale holds for all elements.
    public let axis: Int?

    /// The scale and the zero point: `scale 0.00390625, zero point -128`, or how many there are along which axis.
    public var description: String {
        if let axis { return "\(scales.count) scales along axis \(axis)" }
        return "scale \(scales.first ?? 1), zero point \(zeroPoints.first ?? 0)"
    }

    /// What a file says of a tensor; nil if it says nothing that can be computed with.
    package init?(_ tensor: TFLiteTensor) {
        guard let quantization = tensor.quantization, quantization.details == nil,
            let memoryType = tensor.type.memoryType, memoryType.isInteger,
            !quantization.scale.isEmpty,
            quantization.zeroPoint.count == quantization.scale.count,
            quantization.scale.allSatisfy({ $0 > 0 && $0.isFinite })
        else { return nil }
        scales = quantization.scale
        zeroPoints = quantization.zeroPoint.map { Int($0) }
        axis = scales.count > 1 ? quantization.quantizedDimension : nil
    }

    /// The elements in a row that share a scale; nil if the scales do not fit the shape.
    fileprivate func runLength(in shape: [Int]) -> Int? {
        guard let axis else { return max(Shape(shape).elementCount, 1) }
        guard shape.indices.contains(axis), shape[axis] == scales.count else { return nil }
        return max(shape[(axis + 1)...].reduce(1, *), 1)
    }

    /// Calls `body` with each position, the scale and the zero point that hold there; false if the scales do not fit.
    fileprivate func forEach(
        in shape: [Int], _ body: (_ index: Int, _ scale: Float, _ zeroPoint: Int) -> Void
    ) -> Bool {
        guard let length = runLength(in: shape) else { return false }
        for index in 0..<Shape(shape).elementCount {
            let slice = index / length % scales.count
            body(index, scales[slice], zeroPoints[slice])
        }
        return true
    }
}

extension LiteTensorDescription {
    /// The real numbers that the integers of a tensor stand for; the tensor itself if they stand for themselves.
    ///
    ///     let scores = model.outputs[0].reals(of: try model.predict([image])[0])
    public func reals(of tensor: LiteTensor) -> LiteTensor {
        guard let quantization, tensor.elementType == elementType else { return tensor }
        let integers = tensor.doubles
        var reals = [Float](repeating: 0, count: integers.count)
        let fits = quantization.forEach(in: tensor.shape) { index, scale, zeroPoint in
            reals[index] = Float(Double(scale) * (integers[index] - Double(zeroPoint)))
        }
        return fits ? LiteTensor(reals, tensor.tensor.shape) : tensor
    }

    /// The integers that stand for the real numbers of a tensor of floats; any other tensor itself.
    ///
    /// Numbers are rounded to the nearest integer, halves away from 0, and limited to the range of the type.
    public func integers(of tensor: LiteTensor) -> LiteTensor {
        guard let quantization, tensor.elementType == .float32 || tensor.elementType == .float64
        else { return tensor }
        let reals = tensor.doubles
        var integers = reals
        let fits = quantization.forEach(in: tensor.shape) { index, scale, zeroPoint in
            let steps = (Float(reals[index]) / scale).rounded(.toNearestOrAwayFromZero)
            integers[index] = Double(steps.isNaN ? 0 : steps) + Double(zeroPoint)
        }
        guard fits else { return tensor }
        let numbers = Tensor(
            dtype: .float64, shape: tensor.tensor.shape, copying: integers.map(limited))
        return LiteTensor(Constant(numbers, as: elementType.dtype).tensor()) ?? tensor
    }

    /// A number within the range of the element type.
    private func limited(_ value: Double) -> Double {
        switch elementType {
        case .int8: min(max(value, -128), 127)
        case .uint8: min(max(value, 0), 255)
        case .int16: min(max(value, -32768), 32767)
        case .int32: min(max(value, -0x1p31), 0x1p31 - 1)
        default: value
        }
    }
}

extension LiteTensor {
    fileprivate init(_ floats: [Float], _ shape: Shape) {
        self.init(elementType: .float32, tensor: Tensor(floats, shape))
    }
}
