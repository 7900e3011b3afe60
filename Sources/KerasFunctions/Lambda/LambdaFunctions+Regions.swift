import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Functions that take parts of a tensor, which known numbers name.
    static let regions: [String: Function] = [
        "tf.boolean_mask": { try masked($0, $1) },
        "tf.image.crop_and_resize": { try cropped($0, $1) },
    ]

    /// The elements at which a known mask is true.
    private static func masked(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let (builder, x) = (meaning.builder, try meaning.tensor(arguments.required(0, "tensor")))
        let mask = try knownNumbers(
            arguments.required(1, "mask"), meaning, "a mask that is computed")
        let axis = try arguments.value(2, "axis").map {
            try knownNumbers($0, meaning, "an axis that is computed").integers.first ?? 0
        }
        let shape = builder.shape(of: x)
        let (first, rank) = (axis ?? 0, mask.shape.count)
        guard rank > 0, first >= 0, first <= shape.rank - rank,
            Array(shape.dims[first..<first + rank]) == mask.shape
        else { throw LambdaFault.notUnderstood("a mask of another shape") }
        let kept = mask.numbers.indices.filter { mask.numbers[$0] != 0 }
        var extents = (0..<shape.rank).map { builder.extent($0, of: x) }
        extents.replaceSubrange(first..<first + rank, with: [.known(mask.numbers.count)])
        return .tensor(try builder.gathered(builder.reshape(x, extents), kept, axis: first))
    }

    /// Known boxes of images, each stretched to one size: two matrices interpolate rows and columns.
    private static func cropped(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let (builder, x) = (meaning.builder, try meaning.tensor(arguments.required(0, "image")))
        let boxes = try knownNumbers(
            arguments.required(1, "boxes"), meaning, "boxes that are computed")
        let images = try knownNumbers(
            arguments.value(2, "box_indices", "box_ind") ?? .none, meaning,
            "images of boxes that are computed"
        ).integers
        let size = try knownNumbers(
            arguments.required(3, "crop_size"), meaning, "a size that is computed"
        ).integers
        let method = arguments.value(4, "method")?.constant ?? .string("bilinear")
        let outside = arguments.value(5, "extrapolation_value")?.constant?.number ?? 0
        let shape = builder.shape(of: x)
        guard method == .string("bilinear") || method == .string("nearest"), shape.rank == 4,
            boxes.shape == [images.count, 4], !images.isEmpty, size.count == 2,
            size.allSatisfy({ $0 > 0 })
        else { throw LambdaFault.notUnderstood("the arguments of '\(arguments.function)'") }
        let (height, width) = (try shape.knownExtent(1), try shape.knownExtent(2))
        let isNearest = method == .string("nearest")
        let crops = try images.enumerated().map { number, image in
            guard image >= 0, image < max(shape[0], 1) else {
                throw LambdaFault.notUnderstood("a box of image \(image)")
            }
            let box = boxes.numbers[(number * 4)..<(number * 4 + 4)].map { Float($0) }
            let rows = try CropMatrix(from: box[0], to: box[2], size[0], of: height, isNearest)
            let columns = try CropMatrix(from: box[1], to: box[3], size[1], of: width, isNearest)
            var y = try builder.floating(builder.slice(x, axis: 0, from: image, count: 1))
            for (matrix, equation) in [(rows, "ih,nhwc->niwc"), (columns, "ih,nwhc->nwic")] {
                y = try meaning.tensor(
                    meaning.operation(
                        "Einsum",
                        .tensor(builder.constant(matrix.weights, role: "crop")), .tensor(y),
                        config: [("equation", .string(equation))]))
            }
            guard outside != 0 else { return y }
            let border = rows.isInside.flatMap { row in
                columns.isInside.map { row && $0 ? 0 : outside }
            }
            return try builder.add(
                y, builder.constant(Constant(border, [1, size[0], size[1], 1]), role: "border"))
        }
        return .tensor(try builder.concatenate(crops, axis: 0))
    }

    /// The numbers of a value that depends on no input.
    private static func knownNumbers(
        _ value: LambdaValue, _ meaning: LambdaMeaning, _ otherwise: String
    ) throws -> KnownNumbers {
        guard let known = try KnownNumbers(meaning.folded(value), in: meaning.builder) else {
            throw LambdaFault.notUnderstood(otherwise)
        }
        return known
    }
}

/// Numbers and truth values that a function states.
private struct KnownNumbers {
    var numbers: [Double]
    var shape: [Int]

    /// The numbers without their fractions.
    var integers: [Int] { numbers.map { Int(exactly: $0.rounded(.towardZero)) ?? -1 } }

    /// Nil for a value that is computed, and for lists that are not arrays.
    init?(_ value: LambdaValue, in builder: GraphBuilder) throws {
        if let id = value.id {
            guard let constant = builder.graph[id].constant else { return nil }
            try checkList(constant.shape.elementCount, "the numbers")
            (numbers, shape) = (constant.doubles(), constant.shape.dims)
        } else if case .plain(.boolean(let flag)) = value {
            (numbers, shape) = ([flag ? 1 : 0], [])
        } else if let number = value.constant?.number {
            (numbers, shape) = ([number], [])
        } else {
            guard let elements = value.elements else { return nil }
            (numbers, shape) = ([], [elements.count])
            for (index, element) in elements.enumerated() {
                guard let part = try KnownNumbers(element, in: builder) else { return nil }
                if index == 0 { shape += part.shape }
                guard Array(shape.dropFirst()) == part.shape else { return nil }
                numbers += part.numbers
            }
        }
    }
}

/// How the rows of a stretched part of an image follow from the image's rows, in 32-bit floats as TensorFlow computes places.
private struct CropMatrix {
    /// `[rows of the part, rows of the image]`; zeros for rows outside.
    let weights: Constant
    let isInside: [Bool]

    init(
        from start: Float, to end: Float, _ count: Int, of extent: Int, _ isNearest: Bool
    ) throws {
        let size = try checkedProduct(count, extent, "the rows of a part")
        try checkList(size, "the rows of a part")
        let last = Float(extent - 1)
        let step = count > 1 ? (end - start) * last / Float(count - 1) : 0
        var values = [Double](repeating: 0, count: size)
        var inside: [Bool] = []
        for row in 0..<count {
            let place = count > 1 ? start * last + Float(row) * step : 0.5 * (start + end) * last
            inside.append(place >= 0 && place <= last)
            guard place >= 0, place <= last else { continue }
            if isNearest {
                values[row * extent + Int(place.rounded())] = 1
            } else {
                let (lower, upper) = (place.rounded(.down), place.rounded(.up))
                values[row * extent + Int(lower)] += Double(1 - (place - lower))
                values[row * extent + Int(upper)] += Double(place - lower)
            }
        }
        weights = Constant(values, [count, extent])
        isInside = inside
    }
}
