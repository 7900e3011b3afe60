import Foundations

/// Translation of Keras 1's names of classes and fields into those of Keras 2, so that layers need to know only these.
enum Keras1Vocabulary {
    /// An architecture with all its layers translated.
    static func translated(_ json: JSONValue) -> JSONValue {
        Keras1Translator(defaultFormat: dataFormat(in: json) ?? "channels_last").layer(json)
    }

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

    /// A layer object, or anything else unchanged.
    func layer(_ json: JSONValue) -> JSONValue {
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
