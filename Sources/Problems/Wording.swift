extension Problem {
    /// The place and the message.
    ///
    ///     layer 'block3/attn' (MultiHeadAttention): attention_axes [1, 2] is not supported.
    package var headline: String {
        let location = location
        return location.isEmpty ? message : "\(location): \(message)"
    }

    /// One sentence that says what went wrong, without the place.
    package var message: String {
        Wording.sentence(Wording.message(of: kind))
    }

    /// What the reader can do about it, with settings as they are spelled in Swift; nil if nothing helps.
    package var remedy: String? { remedy(naming: \.rawValue) }

    /// What the reader can do about it; nil if nothing helps.
    ///
    /// - Parameter name: what the reader calls a setting.
    package func remedy(naming name: (Remedy.Setting) -> String) -> String? {
        let remedy = Wording.remedy(of: kind)
        return remedy.isEmpty ? nil : Wording.sentence(remedy.text(naming: name))
    }

    /// The file and the layer at fault; empty if neither is known.
    private var location: String {
        var parts: [String] = []
        if let file { parts.append("file '\(Wording.printable(file))'") }
        if let layer {
            let suffix = layerClass.map { " (\(Wording.printable($0)))" } ?? ""
            parts.append("layer '\(Wording.printable(layer))'\(suffix)")
        }
        return parts.joined(separator: ", ")
    }
}

extension Problem: CustomStringConvertible {
    package var description: String { description(naming: \.rawValue) }

    /// The whole text: `error: `, the headline, and the remedy below it.
    ///
    /// - Parameter name: what the reader calls a setting.
    package func description(naming name: (Remedy.Setting) -> String) -> String {
        let indented = remedy(naming: name).map { "\n       \($0)" } ?? ""
        return "error: \(headline)\(indented)"
    }
}

extension Problems: CustomStringConvertible {
    package var description: String { description(naming: \.rawValue) }

    /// The texts of all problems, one below the other.
    ///
    /// - Parameter name: what the reader calls a setting.
    package func description(naming name: (Remedy.Setting) -> String) -> String {
        all.map { $0.description(naming: name) }.joined(separator: "\n")
    }
}

/// The sentences of all kinds of problems.
private enum Wording {
    static func message(of kind: Problem.Kind) -> String {
        switch kind {
        case .fileAccess(let action, let reason):
            "the file cannot be \(participle(of: action)): \(reason)"
        case .fileChanged:
            "the file changed while it was read"
        case .malformed(let what, let reason):
            "this is not \(article(of: what))valid \(what): \(reason)"
        case .foreignFile(let what, _):
            "this is \(what), not a file of a Keras model"
        case .truncated(let what):
            "the file ends before the end of \(what)"
        case .overBudget(.memory(let needed, let limit), let what):
            "\(size(needed)) of memory are needed for \(what), more than the \(size(limit)) that are allowed in all"
        case .overBudget(.steps(_, let limit), let what):
            "more steps of work than the \(limit) that are allowed in all are needed for \(what)"
        case .overBudget(.file(let needed, let limit), let what):
            "\(what) would have \(size(needed)), more than the \(size(limit)) that are allowed for these inputs"
        case .overBudget(.time(let limit), let what):
            "the work takes longer than the \(limit) seconds that are allowed; it was stopped at \(what)"
        case .tooLarge(let what, let value):
            "\(what) is too large: \(value)"
        case .missingField(let field):
            "the configuration lacks '\(field)'"
        case .invalidField(let field, let value, let expected):
            "the configuration has '\(field)' = \(value), expected \(expected)"
        case .brokenTopology(let reason):
            "the layers do not form a connected graph: \(reason)"
        case .unknownLayer(let nearest, _):
            "this layer class is not known" + suggestion(nearest)
        case .unsupported(let what, _):
            what
        case .missingWeights(let expected, let nearest):
            "the weights file has no weights for this layer, expected \(expected)"
                + suggestion(nearest)
        case .mismatchingWeights(let expected, let found):
            "the weights do not fit: expected \(expected), found \(found)"
        case .unusedWeights(let names):
            "the weights file has weights of layers that the model lacks: \(names)"
        case .invalidShape(let reason):
            "the shapes do not fit: \(reason)"
        case .invalidGraph(let reason, let pass):
            "the graph is inconsistent" + (pass.map { " after the pass '\($0)'" } ?? "")
                + ": \(reason)"
        case .internalFault(let reason):
            "the program met an error that it did not expect: \(reason)"
        case .unsupportedOperator(let name, .elementType(let type)):
            "the operator \(name) does not take elements of type \(type) here"
        case .unsupportedOperator(let name, .quantizedElements):
            "the operator \(name) does not take quantized elements here"
        case .unsupportedOperator(let name, .reason(let reason)):
            "the operator \(name) is not supported here: \(reason)"
        case .unsupportedTensor(let name, let type):
            "the tensor '\(name)' has elements of type \(type), which are not supported here"
        case .invalidArgument(let what, _):
            what
        case .verificationFailed(.output(let output, let error, let layer)):
            "the written model computes something else: output '\(output)' differs by \(error)"
                + (layer.map { ", starting at layer '\($0)'" } ?? "")
                + "; rounding does not explain that"
        case .verificationFailed(.layer(let layer, let error)):
            "the written model computes something else: layer '\(layer)' differs by \(error), "
                + "though no output does; rounding does not explain that"
        case .verificationFailed(.rounding(let output, let error, let layer)):
            "the written model cannot be verified: layer '\(layer)' amplifies rounding so much that "
                + "the model differs from itself by more than the tolerance"
                + (output.map { "; output '\($0)' differs by \(error ?? "")" } ?? "")
        case .accuracyLost(let output, let layer, let agreement):
            "the quantized model agrees too little with the model: output '\(output)' has \(agreement)"
                + (layer.map { ", lost first at layer '\($0)'" } ?? "")
        case .cancelled:
            "the work was cancelled"
        }
    }

    static func remedy(of kind: Problem.Kind) -> Remedy {
        switch kind {
        case .fileAccess(let action, _):
            remedy(of: action)
        case .fileChanged:
            "Try again once nothing writes to the file any more."
        case .malformed:
            "Save the file again, or check that it is the file you meant."
        case .truncated:
            "The file is incomplete. Copy or save it again."
        case .overBudget(.memory, _), .overBudget(.file, _):
            "Check the sizes in the model and its inputs, or allow more with \(.memoryLimit)."
        case .overBudget(.steps, _):
            "Check the sizes in the model and its inputs, or allow more with \(.stepLimit)."
        case .overBudget(.time, _):
            "Allow more with \(.timeLimit)."
        case .tooLarge:
            "Check the sizes in the model's configuration and the input shapes."
        case .missingField, .invalidField:
            "Save the model again with Keras; a configuration edited by hand may be at fault."
        case .brokenTopology:
            "Save the model again with Keras, as one functional or sequential model."
        case .unknownLayer(_, let definition?):
            "If it computes what the class of Keras with the same fields does, say so with \(.layerClass) '\(definition)'. Otherwise describe the layer in Swift with Converter.register, or end the model before it with \(.until)."
        case .unknownLayer:
            "Name a class that computes the same with \(.layerClass), describe the layer in Swift with Converter.register, build the model from Keras' own layers, or end it before this one with \(.until)."
        case .unsupported(_, let remedy), .invalidArgument(_, let remedy),
            .foreignFile(_, let remedy):
            remedy
        case .missingWeights, .mismatchingWeights, .unusedWeights:
            "Check that the weights were saved from this very model."
        case .invalidShape:
            "Check the input shapes, and give free ones with \(.inputShapes)."
        case .invalidGraph(_, let pass):
            (pass.map { "Leave out the pass '\($0)' with \(.disabledPasses), and report" }
                ?? "Report")
                + " this as a fault of the converter together with the model."
        case .internalFault:
            "Report this as a fault of the program together with the model."
        case .unsupportedOperator(_, .quantizedElements),
            .unsupportedOperator(_, .elementType("int8")):
            "Convert the model without quantization."
        case .unsupportedOperator, .unsupportedTensor:
            "Change the part of the model that needs it, or cut the model before it."
        case .verificationFailed(.rounding):
            "The output file was left as it was. Verify a shorter sequence with \(.inputShapes), or write the file with \(.noVerification)."
        case .verificationFailed:
            "The output file was left as it was. Leave out passes with \(.disabledPasses) to find the cause."
        case .accuracyLost(_, let layer, _):
            "The output file was left as it was. "
                + (layer.map { "Leave the layer '\($0)' in float with \(.floatLayers), or write" }
                    ?? "Write") + " the file all the same with \(.force)."
        case .cancelled:
            ""
        }
    }

    /// A number of bytes for people.
    private static func size(_ bytes: Int) -> String {
        let units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"]
        var (value, unit) = (Double(bytes), 0)
        while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        let tenths = (value * 10).rounded() / 10
        return "\(unit == 0 ? String(bytes) : String(tenths)) \(units[unit])"
    }

    /// `a `, or nothing before the name of a substance.
    private static func article(of noun: String) -> String {
        ["JSON", "JSON text", "graph text", "Python code"].contains(noun) ? "" : "a "
    }

    private static func participle(of action: Problem.FileAction) -> String {
        switch action {
        case .open: "opened"
        case .read: "read"
        case .write: "written"
        case .create: "created"
        case .replace: "replaced"
        }
    }

    private static func remedy(of action: Problem.FileAction) -> Remedy {
        switch action {
        case .open, .read:
            "Check the path and your permission to read it."
        case .write, .create, .replace:
            "Check the folder, your permission to write to it and the free space."
        }
    }

    private static func suggestion(_ nearest: String?) -> String {
        nearest.map { "; the nearest name is '\($0)'" } ?? ""
    }

    /// The text on one line, without control characters, ending with one full stop.
    static func sentence(_ text: String) -> String {
        var characters = Array(printable(text))
        while let last = characters.last, last == "." || last == " " { characters.removeLast() }
        if let last = characters.last, "!?".contains(last) { return String(characters) }
        return String(characters) + "."
    }

    /// Text from a file, safe to print on a terminal: control characters are written as escapes.
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                result += scalar.escaped(asASCII: true)
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
