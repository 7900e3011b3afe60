import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// The text of `Documentation/SupportedLayers.md`, made from the layer types themselves.
package enum SupportedLayers {
    /// The whole document.
    package static var markdown: String {
        """
        # Supported layers

        Made by `make docs` from what each layer type in `Sources/KerasLayers` says of itself; a test keeps it fresh.

        ## Layers

        | class | Keras 1 | Keras 2 | Keras 3 | notes |
        |---|---|---|---|---|
        \(rows(of: LayerCatalog.all).joined(separator: "\n"))

        Aliases (`Convolution2D`, `MaxPool2D`, …) are saved under these names by Keras itself; files of Keras 1 have the merging layers as
        modes of `Merge`. Layers of your own are described to the library with `Converter.register`, see `examples/custom-layers`.

        ## Layers of other packages

        | class | package | Keras 1 | Keras 2 | Keras 3 | notes |
        |---|---|---|---|---|---|
        \(rows(of: LayerCatalog.thirdParty).joined(separator: "\n"))

        A name that several projects use for different layers is taken for the one whose configuration and weights the file has; the
        summary says which.

        ## Activations

        \(wrapped(KerasActivation.names.filter { refusal(of: $0.value) == nil }.map(\.key)))

        Of other packages:

        \(wrapped(PackageActivation.names))

        ## Operations of Keras 3 in the graph

        `keras.ops`, arithmetic and indexing of tensors, under the names that files have:

        \(wrapped(NamedOperation.names))

        ## Functions of TensorFlow in the graph

        As `TFOpLambda`:

        \(wrapped(Array(TensorFlowVocabulary.functions.keys)))

        As `TensorFlowOpLayer`:

        \(wrapped(Array(TensorFlowVocabulary.operations.keys)))

        ## Refused

        | what | why |
        |---|---|
        \(refusals.joined(separator: "\n"))

        Everything that a model holds and that is not in these lists is refused too: all such layers together, each with its path, the
        reason and a way out.

        """
    }

    /// The layer types that do not say which generations have them.
    package static var unstated: [String] {
        (LayerCatalog.all + LayerCatalog.thirdParty).filter { $0.support.generations == nil }
            .map { "\($0)" }
    }

    /// One line for the classes of each type that the same generations have.
    private static func rows(of types: [any KerasLayer.Type]) -> [String] {
        types.filter { $0.support.refusal == nil }.flatMap { type in
            var groups: [(generations: LayerSupport.Generations?, classes: [String])] = []
            for name in type.classNames {
                let generations = type.support.generations(of: name)
                if let index = groups.firstIndex(where: { $0.generations == generations }) {
                    groups[index].classes.append(name)
                } else {
                    groups.append((generations, [name]))
                }
            }
            return groups.map { group in
                let marks = [KerasVersion.Generation.keras1, .keras2, .keras3].map { generation in
                    group.generations.map { $0.contains(generation) ? "✓" : "" } ?? "?"
                }
                let package = type.support.package.map { "\($0) | " } ?? ""
                return "| \(quoted(group.classes)) | \(package)\(marks.joined(separator: " | ")) | "
                    + "\(type.support.notes) |"
            }
        }.sorted()
    }

    private static var refusals: [String] {
        let layers = (LayerCatalog.all + LayerCatalog.thirdParty).compactMap { type in
            type.support.refusal.map { "| \(quoted(type.classNames)) | \($0) |" }
        }
        let functions = KerasActivation.names.compactMap { name, function in
            refusal(of: function).map { "| activation `\(name)` | \($0) |" }
        }
        return layers + functions + [
            "| TensorFlow functions \(quoted(TensorFlowOperationLayer.withoutOperands)) | "
                + "most files of Keras 2 do not hold their operands |"
        ]
    }

    /// What to do about a function that cannot be built, which is tried; nil for all others.
    private static func refusal(of function: KerasActivation) -> String? {
        let builder = GraphBuilder(name: "trial")
        let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
        do {
            _ = try function.apply(to: x, in: builder)
            return nil
        } catch {
            return (error as? Problem)?.remedy ?? "\(error)"
        }
    }

    private static func quoted(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// The names in alphabetical order, on lines of up to 130 characters.
    private static func wrapped(_ names: [String]) -> String {
        var lines = [""]
        for name in Set(names).sorted().map({ "`\($0)`" }) {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = name
            } else if last.count + name.count > 128 {
                lines[lines.count - 1] += ","
                lines.append(name)
            } else {
                lines[lines.count - 1] += ", " + name
            }
        }
        return lines.joined(separator: "\n")
    }
}
