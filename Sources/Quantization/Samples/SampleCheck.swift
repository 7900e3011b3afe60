import GraphIR
import Problems
import Tensors

/// What samples for one input have to be.
struct SampleCheck {
    private let name: String
    private let type: TensorType

    init(_ name: String, _ type: TensorType) {
        self.name = name
        self.type = type
    }

    /// An array `[samples, …]` with the type of the input.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if shape or elements do not fit: NaN, infinities, fractions for an integer
    ///   input, or float elements that are all the same.
    func fitted(_ array: Tensor) throws -> Tensor {
        let record = Shape(Array(type.shape.dims.dropFirst()))
        var shape = array.shape
        if shape.rank == record.rank, fits(shape, record) {
            shape = Shape([1] + shape.dims)
        } else if shape.rank == 2, record.isStatic, shape[1] == record.elementCount {
            shape = Shape([shape[0]] + record.dims)
        } else if shape.rank == 1, record.elementCount == 1, record.isStatic {
            shape = Shape([shape[0]] + record.dims)
        }
        guard shape.rank == type.shape.rank, fits(Shape(Array(shape.dims.dropFirst())), record)
        else {
            throw refused(
                "the array has shape \(array.shape)",
                "Give an array of shape \(type.shape) with a row for each sample.")
        }
        guard array.count > 0 else {
            throw refused("there are no samples", "Give 16 to 100 typical inputs.")
        }
        let result = Constant(Constant(array).reshaped(shape).tensor(), as: type.dtype).tensor()
        try checkElements(array, result)
        return result
    }

    private func checkElements(_ given: Tensor, _ taken: Tensor) throws {
        let constant = Constant(given)
        if !type.dtype.isFloat, given.dtype != type.dtype {
            let pairs = zip(constant.doubles(), Constant(taken).doubles())
            if let (number, _) = pairs.first(where: { $0 != $1 }) {
                throw refused(
                    "it takes \(type.dtype.rawValue), not \(number)",
                    "Give whole numbers within the range of the type.")
            }
        }
        guard type.dtype.isFloat else { return }
        guard !constant.containsNonFinite else {
            throw refused("a number is NaN or infinite", "Repair or leave out such samples.")
        }
        let extremes = constant.extremes()[0]
        guard extremes.low < extremes.high || given.count == 1 else {
            throw refused(
                "all numbers are \(extremes.low)", "Give typical inputs, whose numbers vary.")
        }
    }

    private func fits(_ shape: Shape, _ expected: Shape) -> Bool {
        shape.rank == expected.rank
            && zip(shape.dims, expected.dims).allSatisfy { $0 == $1 || $1 == Shape.free }
    }

    private func refused(_ reason: String, _ remedy: Remedy) -> Problem {
        Problem(
            .invalidArgument(
                "the samples for input '\(name)' do not fit: \(reason)", remedy: remedy))
    }
}
