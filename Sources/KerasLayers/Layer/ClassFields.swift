import KerasFormat

/// Finding the class of Keras whose configuration has the same fields as that of an unknown one.
package enum ClassFields {
    /// `class=known`, the definition that takes an unknown class for the only one of Keras with the same fields.
    ///
    /// - Parameter isKnown: whether a class may stand for the unknown one.
    /// - Returns: nil if no class, or more than one, has these fields.
    static func definition(
        for description: LayerDescription, among isKnown: (String) -> Bool
    ) -> String? {
        let name = description.registeredName ?? description.className
        guard let alike = alike(description.config, among: isKnown),
            !name.contains(where: { $0 == "'" || $0 == "=" || $0.isNewline })
        else { return nil }
        return "\(name)=\(alike)"
    }

    /// The only one of these classes with the fields of a configuration.
    package static func alike(_ config: LayerConfig, among isKnown: (String) -> Bool) -> String? {
        let fields = Set(config.object.keys).subtracting(common)
        let rank = config["kernel_size"]?.array?.count ?? 0
        let names = table.filter { _, entry in
            entry.required.isSubset(of: fields) && fields.isSubset(of: entry.all)
        }.map { $0.key.replacing("#", with: "\(rank)") }.filter(isKnown)
        return names.count == 1 ? names[0] : nil
    }

    private struct Entry {
        /// The fields that every version of Keras writes.
        var required: Set<String> = []
        /// These and the fields of some versions.
        var all: Set<String> = []

        init(_ text: String) {
            for word in text.split(separator: " ") {
                let name = word.hasSuffix("?") ? word.dropLast() : word
                let fields =
                    name.hasSuffix("*")
                    ? ["initializer", "regularizer", "constraint"].map { name.dropLast() + $0 }
                    : [name]
                all.formUnion(fields.map(String.init))
                if !word.hasSuffix("?") { required.formUnion(fields.map(String.init)) }
            }
        }
    }

    /// The fields of all layers.
    private static let common: Set = [
        "name", "trainable", "dtype", "batch_input_shape", "batch_shape", "quantization_config",
    ]

    private static let table = fields.mapValues(Entry.init)

    /// What `get_config` returns of classes that their fields tell from all others.
    ///
    /// `#` is the number of spatial axes, `kernel_*` are the initializer, the regularizer and the constraint of a weight, and
    /// fields with `?` are missing in some versions.
    private static let fields = [
        "Attention": "dropout use_scale score_mode? seed?",
        "BatchNormalization":
            "axis momentum epsilon center scale beta_* gamma_* moving_mean_initializer "
            + "moving_variance_initializer renorm? renorm_clipping? renorm_momentum? "
            + "synchronized?",
        "Conv#D":
            "filters kernel_size strides padding data_format dilation_rate activation "
            + "use_bias kernel_* bias_* activity_regularizer? groups?",
        "Conv#DTranspose":
            "filters kernel_size strides padding data_format activation use_bias "
            + "kernel_* bias_* output_padding activity_regularizer? dilation_rate? "
            + "groups?",
        "ConvLSTM#D":
            "return_sequences return_state go_backwards stateful unroll filters "
            + "kernel_size strides padding data_format dilation_rate activation "
            + "recurrent_activation use_bias kernel_* recurrent_* bias_* unit_forget_bias "
            + "dropout recurrent_dropout activity_regularizer? seed? time_major? "
            + "zero_output_for_mask?",
        "Dense": "units activation use_bias kernel_* bias_* activity_regularizer?",
        "DepthwiseConv#D":
            "kernel_size strides padding data_format dilation_rate activation use_bias "
            + "bias_* depth_multiplier depthwise_* activity_regularizer? groups?",
        "Discretization": "bin_boundaries num_bins epsilon output_mode sparse",
        "Dropout": "rate noise_shape seed",
        "EinsumDense":
            "output_shape equation activation bias_axes kernel_* bias_* "
            + "activity_regularizer?",
        "Embedding":
            "input_dim output_dim embeddings_* mask_zero activity_regularizer? "
            + "input_length?",
        "GRU":
            "return_sequences return_state go_backwards stateful unroll units "
            + "activation recurrent_activation use_bias kernel_* recurrent_* bias_* "
            + "dropout recurrent_dropout reset_after activity_regularizer? "
            + "implementation? seed? time_major? zero_output_for_mask?",
        "GRUCell":
            "units activation recurrent_activation use_bias kernel_* recurrent_* bias_* "
            + "dropout recurrent_dropout reset_after implementation? seed?",
        "GroupNormalization": "groups axis epsilon center scale beta_* gamma_*",
        "LSTM":
            "return_sequences return_state go_backwards stateful unroll units "
            + "activation recurrent_activation use_bias kernel_* recurrent_* bias_* "
            + "unit_forget_bias dropout recurrent_dropout activity_regularizer? "
            + "implementation? seed? time_major? zero_output_for_mask?",
        "LSTMCell":
            "units activation recurrent_activation use_bias kernel_* recurrent_* bias_* "
            + "unit_forget_bias dropout recurrent_dropout implementation? seed?",
        "LayerNormalization":
            "axis epsilon center scale beta_* gamma_* rms_scaling?",
        "LocallyConnected#D":
            "filters kernel_size strides padding data_format activation use_bias "
            + "kernel_* bias_* implementation activity_regularizer?",
        "MelSpectrogram":
            "fft_length sequence_stride sequence_length window sampling_rate "
            + "num_mel_bins min_freq max_freq power_to_db top_db mag_exp min_power "
            + "ref_power",
        "MultiHeadAttention":
            "num_heads key_dim value_dim dropout use_bias output_shape attention_axes "
            + "kernel_* bias_* activity_regularizer? key_shape? query_shape? seed? "
            + "sliding_window? softmax_robust_masking? use_gate? value_shape?",
        "Normalization": "axis invert mean variance",
        "PReLU": "alpha_* shared_axes",
        "ReLU": "max_value negative_slope threshold",
        "Resizing":
            "height width interpolation crop_to_aspect_ratio antialias? data_format? "
            + "fill_mode? fill_value? pad_to_aspect_ratio?",
        "ReversibleEmbedding":
            "input_dim output_dim embeddings_* mask_zero tie_weights reverse_dtype "
            + "logit_soft_cap activity_regularizer?",
        "STFTSpectrogram":
            "mode frame_length frame_step fft_length window periodic scaling padding "
            + "data_format expand_dims",
        "SeparableConv#D":
            "filters kernel_size strides padding data_format dilation_rate activation "
            + "use_bias bias_* depth_multiplier depthwise_* pointwise_* "
            + "activity_regularizer? groups? kernel_*?",
        "SimpleRNN":
            "return_sequences return_state go_backwards stateful unroll units "
            + "activation use_bias kernel_* recurrent_* bias_* dropout recurrent_dropout "
            + "activity_regularizer? time_major? zero_output_for_mask?",
        "SimpleRNNCell":
            "units activation use_bias kernel_* recurrent_* bias_* dropout "
            + "recurrent_dropout seed?",
        "UpSampling2D": "size data_format interpolation",
    ]
}
