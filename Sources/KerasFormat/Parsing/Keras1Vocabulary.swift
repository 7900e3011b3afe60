import Foundations

/// Translation of Keras 1's names of classes and fields into those of Keras 2, so that layers need to know only these.
enum Keras1Vocabulary {
    /// An architecture with its layers translated: all of Keras 1, and those of Keras 2 that use words of Keras 1.
    static func translated(_ json: JSONValue, of generation: KerasVersion.Generation) -> JSONValue {
        guard generation != .keras3 else { return json }
        let format = dataFormat(in: json)
        if generation == .keras2, format == nil, !isUsed(anywhereIn: json) { return json }
        return Keras1Translator(
            defaultFormat: format ?? "channels_last", translatesAll: generation == .keras1
        ).layer(json)
    }

    /// Whether a layer is described in words that only Keras 1 has.
    ///
    /// Other words of Keras 1 (`bias`, `stride`) mean something else in layers that people wrote themselves.
    static func isUsed(by layer: JSONValue) -> Bool {
        guard let className = layer["class_name"]?.string, let config = layer["config"]?.object
        else { return false }
        if classes[className] != nil || className == Keras1Merge.className { return true }
        if signs.contains(where: { config[$0] != nil }) { return true }
        return (signsByClass[className] ?? []).contains { config[$0] != nil }
    }

    private static func isUsed(anywhereIn json: JSONValue) -> Bool {
        switch json {
        case .array(let elements): elements.contains { isUsed(anywhereIn: $0) }
        case .object(let members):
            isUsed(by: json) || members.values.contains { isUsed(anywhereIn: $0) }
        default: false
        }
    }

    /// Fields that no class of Keras 2 has.
    private static let signs = [
        "nb_filter", "border_mode", "dim_ordering", "inner_activation", "subsample",
        "subsample_length", "atrous_rate", "pool_length", "filter_length", "W_regularizer",
        "U_regularizer", "b_regularizer",
    ]

    /// Fields that the class has in Keras 1 only.
    private static let signsByClass: [String: [String]] = {
        var fields: [String: [String]] = [
            "BatchNormalization": ["mode"], "UpSampling1D": ["length"],
        ]
        for name in ["Dense", "LSTM", "GRU", "SimpleRNN", "MaxoutDense"] {
            fields[name] = ["output_dim"]
        }
        let dropouts = ["Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"]
        for name in dropouts + ["GaussianDropout"] { fields[name] = ["p"] }
        for name in ["GaussianNoise"] { fields[name] = ["sigma"] }
        return fields
    }()

    /// Classes with another name.
    static let classes: [String: String] = [
        "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
        "AtrousConvolution1D": "Conv1D", "AtrousConvolution2D": "Conv2D",
        "Deconvolution2D": "Conv2DTranspose", "SeparableConvolution2D": "SeparableConv2D",
        "TimeDistributedDense": "Dense",
    ]

    /// Fields with another name and the same value.
    static let fields: [String: String] = [
        "nb_filter": "filters", "subsample": "strides", "subsample_length": "strides",
        "border_mode": "padding", "bias": "use_bias", "inner_activation": "recurrent_activation",
        "pool_length": "pool_size", "stride": "strides", "atrous_rate": "dilation_rate",
        "filter_length": "kernel_size", "p": "rate", "sigma": "stddev", "input_dtype": "dtype",
    ]

    /// The names of the extents of a kernel, one axis each.
    static let kernelExtents = [
        ["nb_row", "nb_col"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"],
    ]

    /// The name that Keras 2 has for an order of axes.
    static func dataFormat(_ ordering: String) -> String {
        ordering == "th" ? "channels_first" : "channels_last"
    }

    /// The first order of axes that any layer states; some layers do not say theirs.
    private static func dataFormat(in json: JSONValue) -> String? {
        switch json {
        case .array(let elements):
            return elements.lazy.compactMap { dataFormat(in: $0) }.first
        case .object(let members):
            if let ordering = members["dim_ordering"]?.string, ordering != "default" {
                return dataFormat(ordering)
            }
            return members.values.lazy.compactMap { dataFormat(in: $0) }.first
        default:
            return nil
        }
    }
}

/// Translates the layers of one architecture.
private struct Keras1Translator {
    /// The order of axes of layers that do not state theirs.
    let defaultFormat: String
    /// Whether all layers are translated, and not only those with words that only Keras 1 has.
    let translatesAll: Bool

    /// A layer object, or anything else unchanged.
    func layer(_ json: JSONValue) -> JSONValue {
        guard translatesAll || Keras1Vocabulary.isUsed(by: json) else { return inside(json) }
        guard var object = json.object else { return json }
        let className = object["class_name"]?.string ?? ""
        switch object["config"] {
        case .array(let layers)?:
            object["config"] = .array(layers.map { layer($0) })
        case .object(let config)?:
            object["config"] = .object(fields(of: config, className: className))
        default:
            break
        }
        if className == Keras1Merge.className {
            return .object(Keras1Merge.translated(object))
        }
        if let name = Keras1Vocabulary.classes[className] { object["class_name"] = .string(name) }
        if className == "BatchNormalization", let mode = object["config"]?["mode"]?.int, mode != 0 {
            object["class_name"] = .string("SampleNormalization")
        }
        return .object(object)
    }

    /// An object of Keras 2 with the layers inside it translated.
    private func inside(_ json: JSONValue) -> JSONValue {
        guard var object = json.object else { return json }
        switch object["config"] {
        case .array(let layers)?:
            object["config"] = .array(layers.map { layer($0) })
        case .object(var config)?:
            if let layers = config["layers"]?.array {
                config["layers"] = .array(layers.map { layer($0) })
            }
            for role in ["layer", "backward_layer"] where config[role]?.object != nil {
                config[role] = config[role].map { layer($0) }
            }
            object["config"] = .object(config)
        default:
            break
        }
        return .object(object)
    }

    private func fields(of config: JSONObject, className: String) -> JSONObject {
        var fields = JSONObject()
        for (key, value) in zip(config.keys, config.values) {
            switch key {
            case "layers":
                fields[key] = value.array.map { .array($0.map { layer($0) }) } ?? value
            case "layer":
                fields[key] = layer(value)
            case "dim_ordering":
                fields["data_format"] = .string(
                    value.string == "default"
                        ? defaultFormat : Keras1Vocabulary.dataFormat(value.string ?? "tf"))
            case "output_dim" where className != "Embedding":
                fields["units"] = value
            case "length" where className == "UpSampling1D":
                fields["size"] = value
            case "padding":
                fields[key] = Keras1Padding.translated(value)
            default:
                fields[Keras1Vocabulary.fields[key] ?? key] = value
            }
        }
        for extents in Keras1Vocabulary.kernelExtents {
            let values = extents.compactMap { config[$0] }
            if values.count == extents.count { fields["kernel_size"] = .array(values) }
        }
        addDefaults(to: &fields, className: className)
        return fields
    }

    /// Fields that Keras 1 leaves out and whose default has changed since.
    private func addDefaults(to fields: inout JSONObject, className: String) {
        let needsFormat = ["ZeroPadding", "Cropping", "UpSampling"].contains {
            className.hasPrefix($0) && !className.hasSuffix("1D")
        }
        if needsFormat, fields["data_format"] == nil {
            fields["data_format"] = .string(defaultFormat)
        }
        if className == "GRU" { fields["reset_after"] = .bool(false) }
    }
}

/// Keras 1's ways to write the padding of `ZeroPadding1D` and `ZeroPadding2D`.
private enum Keras1Padding {
    /// One amount for each axis, four amounts from the top on, or an object with names of sides.
    static func translated(_ value: JSONValue) -> JSONValue {
        if let sides = value.array, sides.count == 4 {
            return .array([.array(Array(sides[..<2])), .array(Array(sides[2...]))])
        }
        guard let named = value.object else { return value }
        let side = { (name: String) in named[name] ?? .int(0) }
        if named.keys.contains(where: { ["top_pad", "bottom_pad"].contains($0) }) {
            return .array([
                .array([side("top_pad"), side("bottom_pad")]),
                .array([side("left_pad"), side("right_pad")]),
            ])
        }
        return .array([side("left_pad"), side("right_pad")])
    }
}
