import Foundations
import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Functions that stretch images.
    static let images: [String: Function] = [
        "K.resize_images": { try resized($0, $1) },
        "tf.image.resize_images": { try resizedByTensorFlow1($0, $1) },
        "tf.v1.image.resize_images": { try resizedByTensorFlow1($0, $1) },
        "tf.v1.image.resize": { try resizedByTensorFlow1($0, $1) },
        "tf.image.resize": { meaning, arguments in
            let keepsRatio = arguments.value(3, "preserve_aspect_ratio")
            if let keepsRatio, try meaning.isTrue(keepsRatio) {
                throw LambdaFault.notUnderstood(
                    "'preserve_aspect_ratio' of '\(arguments.function)'")
            }
            let antialias = try arguments.value(4, "antialias").map { try meaning.isTrue($0) }
            let interpolation = try method(arguments)
            // TensorFlow 1.14 and 1.15 call their own Keras so, too.
            if meaning.version.text == "2.2.4-tf" {
                meaning.note("tf.image.resize is taken for that of TensorFlow 2")
            }
            return try meaning.operation(
                "Resize", arguments.required(0, "images"),
                config: [
                    ("size", try size(meaning, arguments)),
                    ("interpolation", .string(interpolation)),
                    ("antialias", .bool(antialias ?? false)),
                ])
        },
    ]

    private static func size(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> JSONValue {
        let json = try meaning.plain(arguments.required(1, "size"))
        guard let json, json.array?.contains(.null) != true else {
            throw LambdaFault.notUnderstood("a size that is computed")
        }
        return json
    }

    /// The interpolation by its name or TensorFlow's number.
    private static func method(_ arguments: LambdaArguments) throws -> String {
        switch arguments.value(2, "method")?.constant {
        case nil: return "bilinear"
        case .string(let name)?: return name
        case .integer(let number)? where (0..<3).contains(number):
            return ["bilinear", "nearest", "bicubic"][number]
        default: throw LambdaFault.notUnderstood("the method of '\(arguments.function)'")
        }
    }

    /// TensorFlow 1 does not count from the centres of pixels.
    private static func resizedByTensorFlow1(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let names = ["bilinear": "ResizeBilinear", "nearest": "ResizeNearestNeighbor"]
        guard let operation = names[try method(arguments)] else {
            throw LambdaFault.notUnderstood("the method of '\(arguments.function)'")
        }
        let corners = try arguments.value(3, "align_corners").map { try meaning.isTrue($0) }
        return try meaning.operation(
            operation, arguments.required(0, "images"),
            config: [
                ("size", try size(meaning, arguments)), ("align_corners", .bool(corners ?? false)),
            ])
    }

    /// `K.resize_images(x, height_factor, width_factor, data_format, interpolation)`.
    private static func resized(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let x = try meaning.tensor(arguments.required(0, "x"))
        let factors = [
            try arguments.required(1, "height_factor"), try arguments.required(2, "width_factor"),
        ].compactMap { meaning.folded($0).constant?.integer }
        let format = arguments.value(3, "data_format")?.constant ?? .string("channels_last")
        let method = arguments.value(4, "interpolation")?.constant ?? .string("nearest")
        guard factors.count == 2, meaning.builder.shape(of: x).rank == 4,
            case .string(let layout) = format, let layout = DataFormat(rawValue: layout),
            case .string(let interpolation) = method
        else { throw LambdaFault.notUnderstood("the arguments of '\(arguments.function)'") }
        let kind = try ImageInterpolation(named: interpolation, version: meaning.version)
        return .tensor(
            try meaning.builder.channelsLast(x, layout) {
                try meaning.builder.enlarge($0, by: Size2D(factors[0], factors[1]), kind)
            })
    }
}
