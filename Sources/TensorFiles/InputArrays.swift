import Archives
import Foundations
import Interpreter
import Problems
import Tensors

/// The arrays in files that were named as inputs of a model.
struct InputArrays {
    /// An array and what it was read from.
    private struct Source {
        var array: Tensor
        var path: String
    }

    /// Arrays that were given with a name.
    private var given: [String: Source] = [:]
    /// Arrays of archives by their names there.
    private var archived: [String: Source] = [:]
    /// The names of all arrays in archives, also of those that no input takes.
    private var archivedNames: [String] = []
    private var inOrder: [Source] = []

    /// Reads `x.npy`, `x.csv`, images, `name=` with one of them, and `x.npz`.
    ///
    /// - Parameters:
    ///   - names: the names by which arrays of archives are taken; no others are unpacked.
    ///   - channels: how many channels images get.
    init(
        _ files: [String], _ images: ImageScale, names: Set<String>, channels: Int
    ) throws {
        var pictures: [Source] = []
        for argument in files {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                let source = try Self.source(parts[1], images, channels)
                guard given.updateValue(source, forKey: parts[0]) == nil else {
                    throw Problem(
                        .invalidArgument("the input '\(parts[0])' is given twice", remedy: ""))
                }
            } else if hasEnding(argument, ["npz"]) {
                let arrays = try NPZ.read(path: argument) { name in
                    archivedNames.append(name)
                    return names.contains(name)
                }
                for (name, array) in arrays {
                    archived[name] = Source(array: array, path: argument)
                }
            } else if Self.isImage(argument) {
                pictures.append(try Self.source(argument, images, channels))
            } else {
                inOrder.append(try Self.source(argument, images, channels))
            }
        }
        if !pictures.isEmpty { inOrder.append(try Self.joined(pictures)) }
    }

    /// The inputs of a model: by the name of the input or its tensor, as `in0`… or `arr_0`…, or in the order given.
    ///
    /// Arrays are converted to the model's type.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if one is missing, superfluous or does not fit.
    func tensors(for model: LiteModel) throws -> [LiteTensor] {
        let names = model.namesOfInputs
        if let unknown = given.keys.sorted().first(where: { !names.joined().contains($0) }) {
            throw Problem(
                .invalidArgument(
                    "the model has no input '\(unknown)'",
                    remedy: "Its inputs are \(model.inputList)."))
        }
        guard inOrder.count <= model.inputs.count else {
            throw Problem(
                .invalidArgument(
                    "\(inOrder.count) arrays were given for \(model.inputs.count) inputs",
                    remedy: "The inputs are \(model.inputList); records go into one array."))
        }
        return try model.inputs.enumerated().map { index, input in
            guard let source = source(names[index], index) else {
                throw missing(names[index][0], of: model)
            }
            return try locating(file: source.path) {
                try fitted(source.array, to: input, isImage: Self.isImage(source.path))
            }
        }
    }

    /// The array for an input: one given with a name, one of an archive, or the one at its place.
    private func source(_ names: [String], _ index: Int) -> Source? {
        names.lazy.compactMap { given[$0] }.first ?? names.lazy.compactMap { archived[$0] }.first
            ?? (inOrder.indices.contains(index) ? inOrder[index] : nil)
    }

    private func missing(_ name: String, of model: LiteModel) -> Problem {
        let known = archivedNames.sorted().joined(separator: ", ")
        let hint = known.isEmpty ? "" : "; the archive holds \(known)"
        return Problem(
            .invalidArgument(
                "there is no array for the input '\(name)'\(hint)",
                remedy: "Give \(model.inputList), for instance with \(name)=x.npy."))
    }

    /// An array in the shape and the type of an input; an array without batch axis is one record.
    ///
    /// Floats for an input of quantized integers are real numbers, integers are taken as they are.
    private func fitted(
        _ array: Tensor, to input: LiteTensorDescription, isImage: Bool
    ) throws -> LiteTensor {
        let expected = input.shape
        let constant = Constant(array)
        let record = Shape(Array(expected.dropFirst()))
        var shape = array.shape
        if isImage, expected.count == 3, shape.rank >= 3, shape[-1] == 1 {
            shape = Shape(Array(shape.dims.dropLast()))
        }
        if shape.rank == 2, expected.count != 2, record.isStatic, shape[1] == record.elementCount {
            shape = Shape([shape[0]] + record.dims)
        } else if shape.rank == expected.count - 1, fits(shape, record) {
            shape = Shape([1] + shape.dims)
        }
        guard shape.rank == expected.count, fits(Shape(Array(shape.dims.dropFirst())), record)
        else {
            let what = isImage ? "the image is" : "the array has shape"
            let remedy: Remedy =
                isImage
                ? "Resize the image first." : "Give an array of that shape, with any batch size."
            throw Problem(
                .invalidArgument(
                    "\(what) \(array.shape), the input '\(input.name)' takes \(Shape(expected))",
                    remedy: remedy))
        }
        let dtype = input.elementType.dtype
        if input.quantization != nil, array.dtype.isFloat,
            let reals = LiteTensor(constant.reshaped(shape).tensor())
        {
            return input.integers(of: reals)
        }
        let tensor = Constant(constant.reshaped(shape).tensor(), as: dtype).tensor()
        if !dtype.isFloat, dtype != array.dtype {
            let (given, taken) = (constant.doubles(), Constant(tensor).doubles())
            if let index = given.indices.first(where: { given[$0] != taken[$0] }) {
                throw Problem(
                    .invalidArgument(
                        "the input '\(input.name)' takes \(dtype.rawValue), not \(given[index])",
                        remedy: "Give whole numbers within the range of the type."))
            }
        }
        guard let result = LiteTensor(tensor) else {
            throw Problem(
                .invalidArgument("input '\(input.name)' is not numeric", remedy: ""))
        }
        return result
    }

    private func fits(_ shape: Shape, _ expected: Shape) -> Bool {
        shape.rank == expected.rank
            && zip(shape.dims, expected.dims).allSatisfy { $0 == $1 || $1 == Shape.free }
    }

    private static func source(
        _ path: String, _ images: ImageScale, _ channels: Int
    ) throws -> Source {
        let array =
            isImage(path)
            ? try images.array(path, channels: channels) : try TensorFile.array(path)
        return Source(array: array, path: path)
    }

    /// Pictures of one size as one array, each a record.
    private static func joined(_ pictures: [Source]) throws -> Source {
        let first = pictures[0]
        for other in pictures where other.array.shape != first.array.shape {
            throw Problem(
                .invalidArgument(
                    "the image is \(other.array.shape), the first one is \(first.array.shape)",
                    remedy: "Give images of one size."), file: other.path)
        }
        let values = pictures.flatMap { Constant($0.array).doubles() }
        let shape = Shape([pictures.count] + first.array.shape.dims)
        return Source(
            array: Tensor(dtype: .float64, shape: shape, copying: values), path: first.path)
    }

    private static func isImage(_ path: String) -> Bool {
        hasEnding(path, ["png", "jpg", "jpeg"])
    }
}

extension LiteModel {
    /// The inputs of this model, read from files.
    ///
    ///     let inputs = try model.readInputs(["image=digit.png", "age.npy"])
    ///
    /// A file is taken for the input whose name, or the name of whose tensor, stands before it or names it in a `.npz`
    /// file; also for `in0`… or `arr_0`…; else for the next input in the order of the model. Several images are one batch.
    /// Arrays are converted to the element types of the model, and get a batch axis if they lack one.
    ///
    /// - Parameters:
    ///   - files: paths of `.npy`, `.csv`, `.png` and `.jpg` files, also as `name=path`, and of `.npz` files.
    ///   - images: how pixels become elements.
    /// - Throws: `LiteModelError` if a file cannot be read, or an array is missing, superfluous or does not fit.
    public func readInputs(
        _ files: [String], images: ImageScale = ImageScale()
    ) throws(LiteModelError) -> [LiteTensor] {
        try LiteModelError.wrapping {
            try InputArrays(
                files, images, names: Set(namesOfInputs.joined()), channels: imageChannels
            ).tensors(for: self)
        }
    }

    /// The channels of the first input that can take an image, 1 for one without an axis of channels; 3 if none can.
    private var imageChannels: Int {
        let channels = inputs.lazy.filter { $0.shape.count == 4 }.compactMap { $0.shape.last }
            .first { [1, 3, 4].contains($0) }
        return channels ?? (inputs.contains { $0.shape.count == 3 } ? 1 : 3)
    }

    /// The names by which each input can be given.
    fileprivate var namesOfInputs: [[String]] {
        zip(inputNames, inputs).enumerated().map { index, names in
            [names.0, names.1.name, "in\(index)", "arr_\(index)"]
        }
    }

    /// The inputs with their shapes, for messages.
    fileprivate var inputList: String {
        zip(inputNames, inputs).map { "\($0) (\(Shape($1.shape)))" }
            .joined(separator: ", ")
    }
}
