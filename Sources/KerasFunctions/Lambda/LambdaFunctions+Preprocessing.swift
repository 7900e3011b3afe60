import PythonCode

extension LambdaFunctions {
    /// `preprocess_input` of a network of `keras.applications`; nil for other paths.
    static func preprocessing(_ path: String) -> Function? {
        if path == "keras.applications.imagenet_utils.preprocess_input" { return byMode }
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count == 4, parts[0] == "keras", parts[1] == "applications",
            parts[3] == "preprocess_input", let text = preprocessing[parts[2]]
        else { return nil }
        return { meaning, arguments in
            let x = try arguments.required(0, "x")
            return try PythonEvaluator(meaning, parameters: ["x": x])
                .value(of: PythonParser.expression(text))
        }
    }

    /// The function behind that of each network, which says how by a word.
    private static let byMode: Function = { meaning, arguments in
        let x = try arguments.required(0, "x")
        let mode = arguments.value(2, "mode")?.constant ?? .string("caffe")
        if case .string("channels_first")? = arguments.value(1, "data_format")?.constant {
            throw LambdaFault.notUnderstood("'data_format' of '\(arguments.function)'")
        }
        let texts = ["tf": signed, "caffe": centred, "torch": standard]
        guard case .string(let name) = mode, let text = texts[name] else {
            throw LambdaFault.notUnderstood("'mode' of '\(arguments.function)'")
        }
        return try PythonEvaluator(meaning, parameters: ["x": x])
            .value(of: PythonParser.expression(text))
    }

    private static let signed = "x / 127.5 - 1.0"
    private static let centred = "x[..., ::-1] - [103.939, 116.779, 123.68]"
    private static let standard = "(x / 255.0 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]"

    /// What each network expects of images whose elements are 0 to 255.
    private static let preprocessing = [
        "mobilenet": signed, "mobilenet_v2": signed, "inception_v3": signed,
        "inception_resnet_v2": signed, "xception": signed, "nasnet": signed,
        "resnet_v2": signed,
        "resnet": centred, "resnet50": centred, "vgg16": centred, "vgg19": centred,
        "densenet": standard, "efficientnet": "x", "efficientnet_v2": "x", "mobilenet_v3": "x",
        "convnext": "x",
    ]
}
