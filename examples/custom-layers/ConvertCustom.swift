import KConvert

/// Converts `model.keras` of this folder, whose classes `model.py` defines.
@main
struct ConvertCustom {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let model = arguments.first, let output = arguments.last else {
            print("usage: custom-layers-example model.keras model.tflite")
            return
        }

        var converter = Converter()
        converter.register("Swish") { layer in
            let beta = try layer.weight("beta", shape: [])
            let x = try layer.input
            return try x * (beta * x).activation("sigmoid")
        }
        converter.register("ResidualBlock", residualBlock)
        converter.registerActivation("soft_clip") { x in
            try 2 * (x / 2).activation("tanh")
        }

        let report = try converter.convert(ModelSource(model: model), to: output)
        print("\(report.before.operators) operators became \(report.after.operators)")
        print("largest error: \(report.verification?.relativeError ?? 0) of the spread")
    }

    /// x + conv(swish(norm(x))), after a projection if the number of channels changes.
    ///
    /// Sublayers are named after the attributes of the Python class and declared in its order.
    @Sendable
    static func residualBlock(_ layer: CustomLayer) throws -> LayerTensor {
        let filters = try layer.configuration.int("filters")
        let kernelSize = try layer.configuration.int("kernel_size", default: 3)
        let norm = try layer.sublayer("norm", "BatchNormalization")
        let swish = try layer.sublayer("swish", "Swish")
        let conv = try layer.sublayer(
            "conv", "Conv2D",
            ["filters": .int(filters), "kernel_size": .int(kernelSize), "padding": "same"])
        let project = try layer.sublayer(
            "project", "Conv2D",
            ["filters": .int(filters), "kernel_size": 1, "use_bias": false])

        let x = try layer.input
        let shortcut = try x.extent(-1) == filters ? x : project(x)
        return try shortcut + conv(swish(norm(x)))
    }
}
