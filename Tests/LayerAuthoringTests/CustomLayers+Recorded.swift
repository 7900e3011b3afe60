import KConvert

extension CustomLayers {
    /// The layers and functions of `testdata/record/custom_layers.py`.
    static let recorded: CustomLayers = {
        var layers = CustomLayers()
        layers.register("Swish", swish)
        layers.register("Scale", scale)
        layers.register("my_package>Residual", residual)
        layers.register("Gate", gate)
        layers.register("Tower") { layer in
            let inner = try layer.sublayer(
                "inner", "my_package>Residual",
                ["filters": 4, "activation": "my_package>shifted_relu"])
            let head = try layer.sublayer("head", fromField: "head")
            return try head(inner(layer.input))
        }
        layers.registerActivation("shifted_relu") { x in
            try (x - 0.1).activation("relu") * 1.5
        }
        layers.objects.classes = [
            "my_package>Dense": "Dense", "Norm": "BatchNormalization", "squash": "tanh",
        ]
        return layers
    }()

    @Sendable private static func swish(_ layer: CustomLayer) throws -> LayerTensor {
        let beta = try layer.weight("beta", shape: [])
        let x = try layer.input
        return try x * (beta * x).activation("sigmoid")
    }

    @Sendable private static func scale(_ layer: CustomLayer) throws -> LayerTensor {
        let x = try layer.input
        let axis = try layer.configuration.int("axis", default: -1)
        var shape = [Int](repeating: 1, count: x.rank - 1)
        shape[axis < 0 ? shape.count + axis : axis - 1] = try x.extent(axis)
        let centre = try layer.weight("centre", shape: shape, isTrainable: false)
        let factor = try layer.weight("factor", shape: shape)
        return try (x - centre) * factor
    }

    @Sendable private static func residual(_ layer: CustomLayer) throws -> LayerTensor {
        let filters = try layer.configuration.int("filters")
        let size = ConfigurationValue.int(filters)
        let wide = try layer.sublayer(
            "wide", "Conv2D", ["filters": size, "kernel_size": 3, "padding": "same"])
        let norm = try layer.sublayer("norm", "BatchNormalization")
        let blocks = try [
            layer.sublayer("blocks", at: 0, "Dense", ["units": size]),
            layer.sublayer("blocks", at: 1, "LayerNormalization"),
            layer.sublayer("blocks", at: 2, "Dense", ["units": size]),
        ]
        let narrow = try layer.sublayer(
            "narrow", "Conv2D", ["filters": size, "kernel_size": 1, "use_bias": false])
        let last = try layer.sublayer("last", "Scale")

        let x = try layer.input
        let shortcut = try narrow(x)
        var y = try layer.activation(norm(wide(x)))
        for block in blocks { y = try block(y) }
        return try last(y + shortcut)
    }

    @Sendable private static func gate(_ layer: CustomLayer) throws -> [LayerTensor] {
        let (x, gate) = (layer.inputs[0], layer.inputs[1])
        let units = try x.extent(-1)
        let kernel = try layer.weight("kernel", shape: [units, units])
        let bias = try layer.weight("bias", shape: [units])
        let sharpness = try layer.arguments.double("sharpness", default: 1)
        let weights = try (sharpness * x.dense(kernel: kernel, bias: bias)).softmax()
        let mixed = try weights * x + (1 - weights) * gate
        return [mixed, try mixed.reduced(.mean, axes: [1])]
    }
}
