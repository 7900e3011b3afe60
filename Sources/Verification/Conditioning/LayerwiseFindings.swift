import Problems

/// What a check of every layer on its own found.
package struct LayerwiseFindings: Sendable {
    /// The first layer that computes something else, and how far it is off relative to its spread.
    package private(set) var wrong: (layer: String, error: Double)?
    /// The layers in which rounding drowns everything, in the order in which they were found.
    private(set) var drowned: [String] = []
    /// Over how many steps layers were judged that amplify rounding from step to step.
    package private(set) var steps: [(layer: String, judged: Int, all: Int)] = []
    /// The outputs whose differences rounding explains.
    private(set) var excused: Set<String> = []
    /// The outputs whose differences rounding does not explain.
    private(set) var unexplained: Set<String> = []

    /// Over how many steps of all a file of the same model could be judged instead, in which rounding drowns no layer.
    package var shortened: (steps: Int, all: Int)?

    /// Whether every layer could be judged and is right, and rounding explains what the outputs differ by.
    package var isRight: Bool {
        wrong == nil && unexplained.isEmpty && (drowned.isEmpty || shortened != nil)
    }

    /// Whether nothing is wrong with a file but that some layers cannot be judged.
    var isDrowned: Bool { wrong == nil && unexplained.isEmpty && !drowned.isEmpty }

    mutating func add(layer: String, _ verdict: Suspect.Verdict) {
        switch verdict {
        case .wrong(let error): if wrong == nil { wrong = (layer, error) }
        case .drowned: if !drowned.contains(layer) { drowned.append(layer) }
        case .right(let judged):
            guard let judged else { return }
            if let index = steps.firstIndex(where: { $0.layer == layer }) {
                steps[index].judged = min(steps[index].judged, judged.judged)
            } else {
                steps.append((layer, judged.judged, judged.all))
            }
        }
    }

    /// Takes over what is wrong according to another check of the same file.
    mutating func addFault(of other: LayerwiseFindings) {
        wrong = wrong ?? other.wrong
    }

    mutating func add(output: String, _ verdict: Suspect.Verdict) {
        if case .wrong = verdict {
            unexplained.insert(output)
        } else {
            excused.insert(output)
        }
    }

    /// What is wrong with a file that is not right; `output` is the first output beyond the tolerance.
    func fault(of output: OutputDifference?) -> Problem.VerificationFault {
        let error = output.map { "\($0.maximumError) (\($0.relativeError) of the spread)" }
        if let output, let error, wrong != nil || drowned.isEmpty {
            return .output(output.name, error: error, layer: wrong?.layer)
        }
        if let wrong { return .layer(wrong.layer, error: "\(wrong.error) of its spread") }
        return .rounding(output: output?.name, error: error, layer: drowned.first ?? "")
    }
}
