/// Something that keeps a conversion or a run from succeeding.
///
/// A problem is data, of which the program itself reads the kind and the place. `Wording.swift` makes the sentence that a person
/// reads: it holds the frame of each kind, and the strings in a kind complete it.
package struct Problem: Error, Sendable, Equatable {
    /// What went wrong.
    package var kind: Kind

    /// The file at fault, as the user named it.
    package var file: String?

    /// The Keras layer at fault, as a path through nested models (`encoder/block3/conv`).
    package var layer: String?

    /// The Keras class of `layer`.
    package var layerClass: String?

    package init(
        _ kind: Kind, file: String? = nil, layer: String? = nil, layerClass: String? = nil
    ) {
        self.kind = kind
        self.file = file
        self.layer = layer
        self.layerClass = layerClass
    }

    /// Whether something would have exceeded the resources that it may take.
    package var isOverBudget: Bool { if case .overBudget = kind { true } else { false } }

    /// This problem with `file` filled in, unless it names a file already.
    package func inFile(_ file: String) -> Problem {
        var copy = self
        copy.file = copy.file ?? file
        return copy
    }

    /// This problem with the layer filled in, unless it names a layer already.
    package func inLayer(_ layer: String, class layerClass: String? = nil) -> Problem {
        var copy = self
        if copy.layer == nil {
            copy.layer = layer
            copy.layerClass = layerClass
        }
        return copy
    }
}

/// Several problems found in one go: all unsupported layers, all mismatching weights.
package struct Problems: Error, Sendable {
    /// The problems, in the order in which they were found.
    ///
    /// Never empty.
    package var all: [Problem]

    package init(_ all: [Problem]) {
        self.all = all
    }
}

/// Runs `body` and names `layer` in a problem that it throws.
package func locating<Result>(
    layer: String, class layerClass: String? = nil, _ body: () throws -> Result
) throws -> Result {
    do {
        return try body()
    } catch let problem as Problem {
        throw problem.inLayer(layer, class: layerClass)
    }
}

/// Runs `body` and names `file` in a problem that it throws.
package func locating<Result>(file: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let problem as Problem {
        throw problem.inFile(file)
    } catch let problems as Problems {
        throw Problems(problems.all.map { $0.inFile(file) })
    }
}
