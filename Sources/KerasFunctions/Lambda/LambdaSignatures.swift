/// The functions of `keras.backend`, `keras.ops` and TensorFlow whose arguments are not just operands.
///
/// Facts, in the notation of `LambdaSignature`; arguments have the names that the operations know.
enum LambdaSignatures {
    /// `keras.backend`, up to Keras 2 and in `tf.keras`.
    static let backend: [String: String] = [
        "mean": "Mean _x axis keepdims", "std": "Std _x axis keepdims",
        "var": "Var _x axis keepdims",
        "sum": "Sum _x axis keepdims", "prod": "Prod _x axis keepdims",
        "max": "Max _x axis keepdims", "min": "Min _x axis keepdims",
        "any": "Any _x axis keepdims", "all": "All _x axis keepdims",
        "logsumexp": "Logsumexp _x axis keepdims",
        "argmax": "Argmax _x axis=-1 output_type=int64",
        "argmin": "Argmin _x axis=-1 output_type=int64",
        "cumsum": "Cumsum _x axis=0", "cumprod": "Cumprod _x axis=0",
        "square": "Square _x", "abs": "Abs _x", "exp": "Exp _x", "log": "Log _x", "sign": "Sign _x",
        "sin": "Sin _x", "cos": "Cos _x", "round": "Round _x", "pow": "Power _x _a",
        "softmax": "Softmax _x axis=-1", "elu": "Elu _x alpha", "selu": "Selu _x",
        "softplus": "Softplus _x", "softsign": "Softsign _x", "tanh": "Tanh _x",
        "sigmoid": "Sigmoid _x",
        "l2_normalize": "L2Normalize _x axis", "expand_dims": "ExpandDims _x axis=-1",
        "squeeze": "Squeeze _x axis", "reshape": "Reshape _x shape",
        "permute_dimensions": "Transpose _x axes|pattern", "transpose": "Transpose _x",
        "flatten": "Ravel _x", "batch_flatten": "BatchFlatten _x",
        "concatenate": "Concatenate _tensors axis=-1", "stack": "Stack _x axis=0",
        "tile": "Tile _x repeats|n", "repeat_elements": "Repeat _x repeats|rep axis",
        "reverse": "Flip _x axis|axes", "slice": "Slice _x begin|start size",
        "cast": "Cast _x dtype", "one_hot": "OneHot _indices num_classes",
        "gather": "Take _reference _indices axis=0", "equal": "Equal _x _y",
        "not_equal": "NotEqual _x _y", "greater": "Greater _x _y",
        "greater_equal": "GreaterEqual _x _y", "less": "Less _x _y",
        "less_equal": "LessEqual _x _y",
        "maximum": "Maximum _x _y", "minimum": "Minimum _x _y", "zeros_like": "ZerosLike _x dtype",
        "ones_like": "OnesLike _x dtype", "stop_gradient": "Identity _x", "identity": "Identity _x",
        "bias_add": "BiasAdd _x _bias data_format", "dot": "Dot _x _y", "cast_to_floatx": "Cast _x",
        "arange": "Arange _start _stop step=1 dtype=int32", "ones": "Ones _shape dtype",
        "zeros": "Zeros _shape dtype",
        "conv1d": "Conv _x _kernel strides padding data_format dilation_rate",
        "conv2d": "Conv _x _kernel strides padding data_format dilation_rate",
        "conv3d": "Conv _x _kernel strides padding data_format dilation_rate",
        "depthwise_conv2d":
            "DepthwiseConv _x _depthwise_kernel strides padding data_format dilation_rate",
        "separable_conv2d":
            "SeparableConv _x _depthwise_kernel _pointwise_kernel strides padding data_format dilation_rate",
        "print_tensor": "Identity _x message summarize",
    ]

    /// `keras.activations` with arguments.
    static let activations = [
        "relu": "ReLU _x negative_slope|alpha max_value threshold", "elu": "Elu _x alpha",
        "softmax": "Softmax _x axis=-1", "log_softmax": "LogSoftmax _x axis=-1",
        "gelu": "Gelu _x approximate=false", "leaky_relu": "LeakyRelu _x negative_slope|alpha",
    ]

    /// The operands of an operation that has nothing else; nil for others.
    static func operands(of operation: String) -> String? {
        if unary.contains(operation) {
            return "_x|input|tensor|features|value|a|image|images|tensor|t"
        }
        if binary.contains(operation) { return "_x|x1|a _y|x2|b" }
        if lists.contains(operation) { return "_xs|inputs|values|arrays" }
        return operation == "Where" ? "_condition _x1|x _x2|y" : nil
    }

    private static let unary = words(
        """
        Negative Absolute Abs Square Sqrt Rsqrt Exp Exp2 Expm1 Log Log1p Log2 Log10 Reciprocal Floor Ceil
        Trunc Round Sign Sin Cos Tan Tanh Sinh Cosh Arctan Arcsin Arccos Arcsinh Arccosh Arctanh Erf Erfc
        Identity StopGradient ConvertToTensor Copy Relu Relu6 Selu Silu Sigmoid HardSigmoid HardSilu
        HardTanh LogSigmoid Mish Softplus Softsign TanhShrink Isnan Isinf Isfinite LogicalNot Ravel
        BatchFlatten MatrixTranspose ZerosLike OnesLike Real Conj L2Loss ReciprocalNoNan Fabs Deg2rad
        Rad2deg Cbrt PerImageStandardization FlipLeftRight FlipUpDown RGBToHSV HSVToRGB RGBToGrayscale
        GrayscaleToRGB BitwiseNot BitwiseInvert Crelu Trace Size Ndim SobelEdges
        """)

    private static let binary = words(
        """
        Add Subtract Multiply TrueDivide Divide FloorDivide Mod Power Maximum Minimum SquaredDifference
        DivideNoNan Arctan2 Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr
        LogicalXor BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift Matmul Dot Inner Outer Vdot
        Logaddexp Hypot Xdivy Xlogy MultiplyNoNan ScalarMultiply Fmax Fmin Fmod MatrixVector
        Cross
        """)

    private static let lists = words("AddN Hstack Vstack Dstack")

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// TensorFlow, by the last part of the name.
    static let tensorFlow: [String: String] = {
        var all = [
            "argmax": "_input axis output_type", "argmin": "_input axis output_type",
            "cumsum": "_x axis exclusive reverse", "cumprod": "_x axis exclusive reverse",
            "top_k": "_input k sorted", "norm": "_tensor ord axis keepdims",
            "moments": "_x axes shift keepdims", "sort": "_values axis direction",
            "argsort": "_values axis direction", "reshape": "_tensor shape", "transpose": "_a perm",
            "expand_dims": "_input axis", "squeeze": "_input axis", "concat": "_values axis",
            "stack": "_values axis", "unstack": "_value num axis",
            "split": "_value num_or_size_splits axis num", "tile": "_input multiples",
            "repeat": "_input repeats axis", "reverse": "_tensor axis", "roll": "_input shift axis",
            "slice": "_input_ begin size",
            "gather": "_params _indices validate_indices axis batch_dims",
            "broadcast_to": "_input shape", "pad": "_tensor paddings mode constant_values",
            "one_hot": "_indices depth on_value off_value axis dtype",
            "matmul": "_a _b transpose_a transpose_b adjoint_a adjoint_b",
            "tensordot": "_a _b axes", "cast": "_x dtype",
            "clip_by_value": "_t clip_value_min clip_value_max", "where": "_condition _x _y",
            "zeros_like": "_input dtype", "ones_like": "_input dtype", "fill": "dims value",
            "zeros": "shape dtype", "ones": "shape dtype", "linspace": "_start _stop num",

            "softmax": "_logits axis", "log_softmax": "_logits axis",
            "leaky_relu": "_features alpha",
            "gelu": "_features approximate", "l2_normalize": "_x axis epsilon",
            "bias_add": "_value _bias data_format",
            "local_response_normalization": "_input depth_radius bias alpha beta",
            "depth_to_space": "_input block_size data_format",
            "space_to_depth": "_input block_size data_format",
            "resize": "_images size method preserve_aspect_ratio antialias",
            "resize_bilinear": "_images size align_corners half_pixel_centers",
            "resize_nearest_neighbor": "_images size align_corners half_pixel_centers",
            "conv2d": "_input _filters strides padding data_format dilations",
            "max_pool": "_input ksize strides padding data_format",
            "avg_pool": "_input ksize strides padding data_format",
            "max_pool2d": "_input ksize strides padding data_format",
            "avg_pool2d": "_input ksize strides padding data_format",
            "band_part": "_input num_lower num_upper", "einsum": "equation _a _b _c",
            "crop_to_bounding_box":
                "_image offset_height offset_width target_height target_width",
            "pad_to_bounding_box":
                "_image offset_height offset_width target_height target_width",
            "central_crop": "_image central_fraction",
            "resize_with_crop_or_pad": "_image target_height target_width",
            "adjust_brightness": "_image delta", "adjust_contrast": "_images contrast_factor",
            "per_image_standardization": "_image", "convert_to_tensor": "_value dtype",
            "clip_by_norm": "_t clip_norm axes", "strided_slice": "_input_ begin end strides",
            "count_nonzero": "_input axis keepdims", "identity": "_input",
            "range": "_start _limit delta dtype", "sequence_mask": "_lengths maxlen dtype",
            "meshgrid": "_a _b _c indexing", "ensure_shape": "_x shape",
            "embedding_lookup": "_params _ids", "gather_nd": "_params _indices batch_dims",
            "tensor_scatter_nd_update": "_tensor _indices _updates",
            "scatter_nd": "_indices _updates shape",
            "unsorted_segment_sum": "_data _segment_ids num_segments",
            "unsorted_segment_max": "_data _segment_ids num_segments",
            "unsorted_segment_min": "_data _segment_ids num_segments",
            "unsorted_segment_prod": "_data _segment_ids num_segments",
            "conv1d": "_input _filters stride padding data_format dilations",
            "conv3d": "_input _filters strides padding data_format dilations",
            "convolution": "_input _filters strides padding data_format dilations",
            "depthwise_conv2d": "_input _filter strides padding data_format dilations",
            "separable_conv2d":
                "_input _depthwise_filter _pointwise_filter strides padding data_format dilations",
            "pool": "_input window_shape pooling_type strides=1 padding data_format",
            "max_pool1d": "_input ksize strides padding data_format",
            "avg_pool1d": "_input ksize strides padding data_format",
            "max_pool3d": "_input ksize strides padding data_format",
            "avg_pool3d": "_input ksize strides padding data_format",
            "rot90": "_image k", "adjust_gamma": "_image gamma gain",
            "convert_image_dtype": "_image dtype saturate",
            "lrn": "_input depth_radius bias alpha beta",
            "stop_gradient": "_input", "rgb_to_grayscale": "_images", "maximum": "_x _y",
            "minimum": "_x _y", "add_n": "_inputs", "elu": "_features", "diag": "_diagonal",
            "diag_part": "_input", "pow": "_x _y", "dropout": "_x rate",
        ]
        for name in [
            "sum", "mean", "max", "min", "prod", "all", "any", "std", "variance", "logsumexp",
            "euclidean_norm",
        ] {
            all["reduce_\(name)"] = "_input_tensor axis keepdims"
        }
        return all
    }()

    /// `keras.ops`, by the operation.
    static let operations: [String: String] = {
        var all = [
            "Argmax": "_x axis keepdims", "Argmin": "_x axis keepdims", "Cumsum": "_x axis dtype",
            "Cumprod": "_x axis dtype", "Concatenate": "_xs axis", "Stack": "_x axis",
            "ExpandDims": "_x axis", "Squeeze": "_x axis", "Reshape": "_x newshape",
            "Transpose": "_x axes", "Tile": "_x repeats", "Repeat": "_x repeats axis",
            "Flip": "_x axis", "Roll": "_x shift axis", "Split": "_x indices_or_sections axis",
            "Take": "_x _indices axis", "TakeAlongAxis": "_x _indices axis",
            "Clip": "_x x_min x_max", "Cast": "_x dtype", "OneHot": "_x num_classes axis dtype",
            "Pad": "_x pad_width mode constant_values", "Softmax": "_x axis",
            "LogSoftmax": "_x axis",
            "LeakyRelu": "_x negative_slope", "Elu": "_x alpha", "Gelu": "_x approximate",
            "Normalize": "_x axis order epsilon", "Tensordot": "_x1 _x2 axes",
            "Norm": "_x ord axis keepdims", "TopK": "_x k sorted", "Swapaxes": "_x axis1 axis2",
            "Moveaxis": "_x source destination", "BroadcastTo": "_x shape",
            "Slice": "_inputs start_indices shape", "FullLike": "_x fill_value",
            "Resize": "_images size interpolation antialias data_format",
            "Unstack": "_value num axis",
            "Einsum": "subscripts _a _b _c", "Sort": "_x axis", "Argsort": "_x axis",
            "Tril": "_x k", "Triu": "_x k", "Arange": "_start _stop step dtype",
            "Linspace": "_start _stop num", "Zeros": "_shape dtype", "Ones": "_shape dtype",
            "DepthToSpace": "_x block_size data_format",
            "SpaceToDepth": "_x block_size data_format", "Where": "_condition _x1 _x2",
            "ExtractPatches": "_images size strides dilation_rate padding data_format",
            "ExtractSequences": "_x sequence_length sequence_stride",
            "Diagonal": "_x offset axis1 axis2", "Meshgrid": "_a _b _c indexing",
            "Digitize": "_x bins",
            "Average": "_x axis weights", "Round": "_x decimals", "ConvertToTensor": "_x dtype",
        ]
        for name in [
            "Sum", "Mean", "Max", "Min", "Prod", "Std", "Var", "Any", "All", "Amax", "Amin",
            "Logsumexp", "CountNonzero", "Median",
        ] {
            all[name] = "_x axis keepdims"
        }
        return all
    }()
}
