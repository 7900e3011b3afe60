import GraphIR

extension TensorFlowOperationLayer {
    /// Activations.
    static let activations: [String: Build] = [
        "nn.relu": { try $1.apply(.relu, $0) },
        "nn.relu6": { try $1.apply(.relu6, $0) },
        "nn.elu": { try $1.apply(.elu, $0) },
        "nn.selu": { try $1.apply(.selu, $0) },
        "nn.silu": { try $1.apply(.silu, $0) },
        "nn.softsign": { try $1.apply(.softsign, $0) },
        "math.sigmoid": { try $1.apply(.sigmoid, $0) },
        "math.tanh": { try $1.apply(.tanh, $0) },
        "math.softplus": { try $1.apply(.softplus, $0) },
        "nn.log_softmax": { try $1.apply(.logSoftmax, $0) },
        "nn.leaky_relu": { arguments, builder in
            let alpha = try arguments.number(1, "alpha", default: 0.2)
            return try builder.add(
                .leakyReLU(LeakyReLU(alpha: Float(alpha))), [arguments.input()])
        },
        "nn.gelu": { arguments, builder in
            try builder.add(
                .gelu(GELU(approximate: arguments.flag("approximate"))), [arguments.input()])
        },
        "nn.softmax": { arguments, builder in
            let x = try arguments.input()
            let axis = try arguments.integers(1, "axis")?.only() ?? -1
            return try builder.softmax(x, axis: builder.shape(of: x).checkedAxis(axis))
        },
        "math.l2_normalize": { arguments, builder in
            let x = try arguments.input()
            let axis = try arguments.integers(1, "axis")?.only() ?? -1
            return try builder.alongLastAxis(x, axis: builder.shape(of: x).checkedAxis(axis)) {
                try builder.add(.l2Normalization(L2Normalization()), [$0])
            }
        },
    ]
}

extension GraphBuilder {
    fileprivate func apply(
        _ function: ActivationFunction, _ arguments: OperationArguments
    ) throws -> ValueID {
        try function.apply(to: arguments.input(), in: self)
    }
}
