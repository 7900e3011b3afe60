import PythonCode

extension LambdaFunctions {
    /// `preprocess_input` of a network of `keras.applications`; nil for other paths.
    static func preprocessing(_ path: String) -> Function? {
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

    /// What each network expects of images whose elements are 0 to 255.
    private static let preprocessing: [String: String] = {
        let signed = "x / 127.5 - 1.0"
        let centred = "x[..., ::-1] - [103.939, 116.779, 123.68]"
        let standard = "(x / 255.0 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]"
        return [
            "mobilenet": signed, "mobilenet_v2": signed, "inception_v3": signed,
            "inception_resnet_v2": signed, "xception": signed, "nasnet": signed,
            "resnet_v2": signed,
            "resnet": centred, "resnet50": centred, "vgg16": centred, "vgg19": centred,
            "densenet": standard, "efficientnet": "x", "efficientnet_v2": "x", "mobilenet_v3": "x",
            "convnext": "x",
        ]
    }()
}
