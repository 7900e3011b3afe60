import ArgumentParser
import KConvert

/// The options of all commands that read a Keras model: what counts besides what the files say.
struct ModelArguments: ParsableArguments {
    @Option(
        help: "Fix the shape of an input, batch included.",
        transform: InputShapeArgument.init(parsing:))
    var inputShape: [InputShapeArgument] = []

    @Option(
        help: ArgumentHelp(
            "End the model at layers, whose outputs become its own.", valueName: "layer,…"))
    var until: String?

    @Option(help: "The Keras version to assume if the files do not state one.")
    var kerasVersion: String?

    @Option(
        help: ArgumentHelp(
            "Say what a Lambda computes; may be repeated: LAYER=x / 127.5 - 1, helper(x)=x * 3, or n=10.",
            valueName: "definition"))
    var lambda: [String] = []

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "Say that a class or activation computes what a known one does; may be repeated: my_package>BatchNorm=BatchNormalization.",
            valueName: "class=known"))
    var classes: [String] = []

    /// Adds what the options say.
    ///
    /// - Throws: `ConversionError` for a definition that cannot be read, or a class that is not known.
    func apply(to options: inout ConversionOptions) throws {
        for shape in inputShape { options.inputShapes[shape.name] = shape.dims }
        options.until = until?.split(separator: ",").map(String.init) ?? []
        options.kerasVersion = kerasVersion
        for definition in lambda { try options.customLayers.registerLambda(definition) }
        for text in classes {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            try options.customLayers.registerClass(
                String(parts[0]), as: parts.dropFirst().joined(separator: "="))
        }
    }
}
