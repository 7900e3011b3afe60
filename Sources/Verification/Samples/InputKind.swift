import Foundations
import GraphIR
import Tensors

/// A distribution of the inputs that verification makes.
enum InputKind: String {
    /// Standard normal numbers.
    case normal
    /// Numbers from 0 to 1, like scaled images.
    case unit = "0…1"
    /// Numbers from −8 to 8 with many zeros, which reach clamps and saturated activations.
    case wide = "sparse ±8"
    /// A third of each record of each of these.
    case mixed = "normal, 0…1 and sparse ±8 in one"

    /// The unmixed kinds.
    static let pure: [InputKind] = [.normal, .unit, .wide]

    /// A tensor of this kind; integers are indices below `bound`.
    ///
    /// - Parameter range: the numbers that floats are brought into.
    /// - Throws: `Problem.Kind.overBudget`.
    func tensor(
        _ type: TensorType, bound: Int, within range: ClosedRange<Double>? = nil,
        using generator: inout SplitMix64
    ) throws -> Tensor {
        let count = type.shape.elementCount
        let storage = try TensorStorage.drawn(
            byteCount: type.dtype.byteCount(of: count), for: "the input of the verification")
        try ResourceBudget.current.spend(
            saturatingProduct(count, SampleDemand.stepsPerElement),
            on: "the input of the verification")
        switch type.dtype {
        case .float32:
            let record = max(count / max(type.shape.dims.first ?? 1, 1), 1)
            let elements = storage.mutableBytes.bindMemory(to: Float.self)
            for index in 0..<count {
                let kind = self == .mixed ? Self.pure[index % record * 3 / record] : self
                elements[index] = Float(kind.number(&generator, bound, within: range))
            }
            return Tensor(dtype: .float32, shape: type.shape, storage: storage)
        case .bool:
            let values = (0..<count).map { _ in UInt8(generator.next() & 1) }
            return Tensor(dtype: .bool, shape: type.shape, copying: values)
        default:
            try ResourceBudget.current.require(
                saturatingProduct(count, 16), for: "the input of the verification")
            let limit = UInt64(max(bound, 1))
            let values = (0..<count).map { _ in Double(generator.next() % limit) }
            let tensor = Tensor(dtype: .float64, shape: type.shape, copying: values)
            return Constant(tensor, as: type.dtype).tensor()
        }
    }

    /// One number; a float input that ends as an index (`bound` < `Int.max`) gets whole numbers below `bound`.
    private func number(
        _ generator: inout SplitMix64, _ bound: Int, within range: ClosedRange<Double>?
    ) -> Double {
        if bound < Int.max { return Double(generator.next() % UInt64(max(bound, 1))) }
        let number = number(&generator)
        guard let range else { return number }
        let length = range.upperBound - range.lowerBound
        let inside =
            switch self {
            case .normal: range.lowerBound + length * (number / 6 + 0.5)
            case .unit: range.lowerBound + length * number
            case .wide, .mixed: number == 0 ? 0 : range.lowerBound + length * (number / 16 + 0.5)
            }
        return min(max(inside, range.lowerBound), range.upperBound)
    }

    private func number(_ generator: inout SplitMix64) -> Double {
        switch self {
        case .normal:
            let radius = (-2 * log(1 - generator.nextUnit())).squareRoot()
            return radius * cos(2 * .pi * generator.nextUnit())
        case .unit: return generator.nextUnit()
        case .wide, .mixed:
            let value = generator.nextUnit() * 16 - 8
            return generator.next() & 1 == 0 ? 0 : value
        }
    }
}
