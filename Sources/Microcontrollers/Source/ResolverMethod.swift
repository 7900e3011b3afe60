import Problems
import TFLiteFormat

/// The methods by which `MicroMutableOpResolver` of TensorFlow Lite Micro takes operators.
package enum ResolverMethod {
    /// The calls for the operators of a file, sorted, each once: `AddConv2D()`.
    ///
    /// - Throws: `Problem.Kind.unsupportedOperator` for an operator that the runtime does not have.
    static func calls(for model: TFLiteModel) throws -> [String] {
        let used = Set(model.subgraphs.flatMap { $0.operators.map(\.opcodeIndex) })
        return try Set(used.map { try name(of: model[$0]) + "()" }).sorted()
    }

    /// The method for an operator: `AddConv2D`.
    ///
    /// - Throws: as `calls(for:)`.
    package static func name(of code: TFLiteOperatorCode) throws -> String {
        if code.builtin == .custom, let method = code.customName.flatMap({ custom[$0] }) {
            return method
        }
        guard code.builtin != .custom, builtins.contains(code.builtin.description) else {
            throw Problem(
                .unsupportedOperator(
                    name: code.customName ?? code.builtin.description,
                    reason: "TensorFlow Lite Micro does not have it"))
        }
        return "Add" + (irregular[code.builtin] ?? camelCase(code.builtin.description))
    }

    private static func camelCase(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined()
            .replacing2D
    }

    private static let irregular: [BuiltinOperator: String] = [
        .cumsum: "CumSum", .padV2: "PadV2", .batchMatMul: "BatchMatMul",
        .unidirectionalSequenceLSTM: "UnidirectionalSequenceLSTM",
    ]

    private static let custom: [String: String] = [
        "CIRCULAR_BUFFER": "AddCircularBuffer",
        "TFLite_Detection_PostProcess": "AddDetectionPostprocess",
        "ethos-u": "AddEthosU",
    ]

    private static let builtins = Set(
        """
        ABS ADD ADD_N ARG_MAX ARG_MIN ASSIGN_VARIABLE AVERAGE_POOL_2D BATCH_MATMUL BATCH_TO_SPACE_ND
        BROADCAST_ARGS BROADCAST_TO CALL_ONCE CAST CEIL CONCATENATION CONV_2D COS CUMSUM DEPTH_TO_SPACE
        DEPTHWISE_CONV_2D DEQUANTIZE DIV DYNAMIC_UPDATE_SLICE ELU EMBEDDING_LOOKUP EQUAL EXP EXPAND_DIMS FILL
        FLOOR FLOOR_DIV FLOOR_MOD FULLY_CONNECTED GATHER GATHER_ND GREATER GREATER_EQUAL HARD_SWISH IF
        L2_NORMALIZATION L2_POOL_2D LEAKY_RELU LESS LESS_EQUAL LOG LOG_SOFTMAX LOGICAL_AND LOGICAL_NOT
        LOGICAL_OR LOGISTIC MAX_POOL_2D MAXIMUM MEAN MINIMUM MIRROR_PAD MUL NEG NOT_EQUAL PACK PAD PADV2 PRELU
        QUANTIZE READ_VARIABLE REDUCE_ALL REDUCE_MAX REDUCE_MIN RELU RELU6 RESHAPE RESIZE_BILINEAR
        RESIZE_NEAREST_NEIGHBOR REVERSE_V2 ROUND RSQRT SELECT_V2 SHAPE SIN SLICE SOFTMAX SPACE_TO_BATCH_ND
        SPACE_TO_DEPTH SPLIT SPLIT_V SQRT SQUARE SQUARED_DIFFERENCE SQUEEZE STRIDED_SLICE SUB SUM SVDF TANH
        TRANSPOSE TRANSPOSE_CONV UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK VAR_HANDLE WHILE ZEROS_LIKE
        """.split { $0.isWhitespace }.map(String.init))
}

extension String {
    /// This name with `2d` at its end as the runtime spells it.
    fileprivate var replacing2D: String { hasSuffix("2d") ? dropLast(2) + "2D" : self }
}
