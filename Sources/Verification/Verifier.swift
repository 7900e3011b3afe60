import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// Compares a file with the graph of its model as it was imported.
package struct Verifier {
    private let graph: Graph
    private let settings: VerificationSettings
    private let rewrite: ((Graph) throws -> FileSource)?
    private let expand: ((Graph) throws -> Graph)?
    private let progress: (Double) throws -> Void

    /// A verifier.
    ///
    /// - Parameters:
    ///   - graph: the model before any pass.
    ///   - rewrite: writes a file from a shorter model as it was written from `graph`.
    ///   - expand: gives recurrences the form that they have in the file, so that unrolled steps can be judged one by one.
    ///   - progress: is told which part of the runs is done, 0…1; what it throws ends the work.
    package init(
        _ graph: Graph, _ settings: VerificationSettings,
        rewriting rewrite: ((Graph) throws -> FileSource)? = nil,
        expanding expand: ((Graph) throws -> Graph)? = nil,
        progress: @escaping (Double) throws -> Void = { _ in }
    ) {
        self.graph = graph
        self.settings = settings
        self.rewrite = rewrite
        self.expand = expand
        self.progress = progress
    }

    /// The first inputs that are generated for the model.
    package var firstInputs: [Tensor] {
        get throws {
            try Sample.generated(
                for: graph, seed: settings.seed, isThorough: settings.isThorough)[0].inputs
        }
    }

    /// Starts to run the model beside other work, unless there is only one thread or a run is short.
    ///
    /// - Throws: `Problem.Kind.overBudget` with the layer if the samples would take more than is allowed.
    package func startReference() throws -> ReferenceRun {
        let samples = try samples()
        return ReferenceRun(
            graph, samples, precision: precision, threads: settings.threads.half,
            isConcurrent: isLong(runs: samples.count) && settings.threads.count > 1)
    }

    /// Whether runs take longer than about a millisecond, in which a thread and what belongs to it start and end.
    private func isLong(runs: Int) -> Bool {
        guard graph.inputs.allSatisfy({ graph[$0.value].type.shape.isStatic }) else { return true }
        let steps = graph.nodes.reduce(0) { sum, node in
            let (inputs, outputs) = (graph.types(of: node.inputs), graph.types(of: node.outputs))
            return saturatingSum(sum, node.op.steps(inputs: inputs, outputs: outputs, precision))
        }
        // A step takes about a nanosecond, and so do four bytes of weights that are brought into order.
        let reading = graph.cost.parameterBytes / 4
        return saturatingSum(saturatingProduct(runs, steps), reading) > 1_000_000
    }

    /// Runs the file on the inputs of the reference.
    ///
    /// If an output differs by more than the tolerance, or a layer by more than those before it, each layer is judged on
    /// its own, relative to what rounding does to it.
    ///
    /// - Throws: `Problem.Kind.verificationFailed` if the difference is not one of rounding.
    package func verify(
        _ file: FileSource, with reference: ReferenceRun
    ) throws -> VerificationResult {
        let runner = try FileRunner(
            file, threads: settings.threads.half, runs: reference.samples.count)
        var result = try compare(runner, with: reference)
        if let floor = settings.leastSignalToNoise {
            guard let failed = result.failedOutput, !settings.isForced else { return result }
            throw try lostAccuracy(of: failed, runner, reference.samples, floor: floor)
        }
        guard result.failedOutput != nil || result.isSuspect, !settings.isForced else {
            return result
        }
        var findings = try findings(runner, reference)
        if findings.isDrowned { findings.shortened = try shortened() }
        guard findings.isRight else {
            throw Problem(.verificationFailed(findings.fault(of: result.failedOutput)))
        }
        result.findings = findings
        return result
    }

    /// The problem of an output of a quantized file that agrees too little, with the layer that lost most first.
    private func lostAccuracy(
        of failed: OutputDifference, _ runner: FileRunner, _ samples: [Sample], floor: Double
    ) throws -> Problem {
        var differences = LayerDifferences(graph, tolerance: settings.tolerance)
        runner.reset()
        let evaluator = evaluator
        for sample in samples { try differences.add(sample.inputs, evaluator, runner) }
        return Problem(
            .accuracyLost(
                output: failed.name, layer: differences.firstLosing(below: floor),
                agreement: failed.lack(floor: floor)))
    }

    /// Verifies files of the same model on shorter sequences: the longest that rounding does not drown, and some of few steps,
    /// in which a small fault stands out.
    ///
    /// - Throws: `Problem.Kind.verificationFailed` if one of the files is wrong.
    private func shortened() throws -> (steps: Int, all: Int)? {
        guard let rewrite, let all = graph.stepCount else { return nil }
        var longest: Int?
        for steps in [64, 32, 16, 12, 8, 6, 4, 3, 2] where steps < all {
            if longest != nil && steps > 4 { continue }
            guard let shorter = graph.shortened(from: all, to: steps) else { return nil }
            let verifier = Verifier(shorter, settings)
            do {
                _ = try verifier.verify(rewrite(shorter), with: verifier.startReference())
                longest = longest ?? steps
            } catch let problem as Problem {
                switch problem.kind {
                case .verificationFailed(.rounding): continue
                case .verificationFailed, .cancelled: throw problem
                default: return nil
                }
            }
        }
        return longest.map { ($0, all) }
    }

    /// Judges each layer on its own, and each step of recurrences that rounding does not let judge as a whole.
    private func findings(
        _ runner: FileRunner, _ reference: ReferenceRun
    ) throws -> LayerwiseFindings {
        var check = LayerwiseCheck(graph, settings, precision: precision)
        runner.reset()
        for (sample, outcome) in zip(reference.samples, try reference.result()) {
            try check.add(sample, expected: outcome.outputs, runner)
        }
        var findings = check.findings
        if findings.isDrowned || !findings.steps.isEmpty, let expanded = try expand?(graph) {
            findings.addFault(of: try stepFindings(expanded, runner, reference))
        }
        return findings
    }

    /// Judges each step of recurrences that the file has unrolled, from what the file computed for the step before.
    private func stepFindings(
        _ expanded: Graph, _ runner: FileRunner, _ reference: ReferenceRun
    ) throws -> LayerwiseFindings {
        var check = LayerwiseCheck(expanded, settings, precision: precision)
        runner.reset()
        for sample in reference.samples { try check.add(sample, expected: nil, runner) }
        return check.findings
    }

    /// Compares outputs and layers on the same inputs.
    ///
    /// A model without state is compared from the initial values of the file's variables each time.
    package func compareLayers(
        _ runner: FileRunner
    ) throws -> (outputs: VerificationResult, layers: [LayerDifference], notes: [String]) {
        let isStateless = graph.states.isEmpty
        runner.adopt(graph)
        let samples = try samples(within: runner.inputRanges)
        let reference = ReferenceRun(
            graph, samples, precision: precision, threads: settings.threads.half,
            isConcurrent: settings.threads.count > 1)
        defer { reference.stop() }
        var outputs = try compare(runner, with: reference, isolated: isStateless)
        var differences = LayerDifferences(graph, tolerance: settings.tolerance)
        runner.reset()
        let evaluator = evaluator
        for sample in samples {
            if isStateless { runner.reset() }
            try differences.add(sample.inputs, evaluator, runner)
        }
        let isSuspect = outputs.isSuspect && !runner.roundsWeights
        if outputs.failedOutput != nil || isSuspect {
            outputs.findings = try findings(runner, reference)
        }
        let notes = isStateless ? try stateNotes(runner, samples) : []
        return (outputs, differences.rows, notes)
    }

    /// A note if a file gives different results in a second run with the same inputs.
    private func stateNotes(_ runner: FileRunner, _ samples: [Sample]) throws -> [String] {
        guard let inputs = samples.first?.inputs else { return [] }
        runner.reset()
        let (first, second) = (try runner.run(inputs), try runner.run(inputs))
        let isSame = zip(first, second).allSatisfy { a, b in
            a.withBytes { x in b.withBytes { x.elementsEqual($0) } }
        }
        return isSame
            ? []
            : ["the file keeps state from run to run, the model does not: reset its variables"]
    }

    /// How far the outputs of the file are from those of the reference.
    ///
    /// The state of layers is carried from sample to sample, from the start of both sides.
    ///
    /// - Parameter isolated: whether the file's state is reset before each sample.
    private func compare(
        _ runner: FileRunner, with reference: ReferenceRun, isolated: Bool = false
    ) throws -> VerificationResult {
        runner.adopt(graph)
        runner.reset()
        let isCompared = settings.leastSignalToNoise == nil
        return try compare(with: reference) { inputs, layers in
            if isolated { runner.reset() }
            guard isCompared else { return (try runner.run(inputs), [:]) }
            var errors: [ValueID: Double] = [:]
            let outputs = try runner.runInPlace(inputs) { name, tensor in
                guard let found = layers.error(of: tensor, named: name) else { return }
                errors[found.layer] = found.error
            }
            return (outputs, errors)
        }
    }

    /// How far outputs are from those of the reference.
    ///
    /// - Parameter run: computes the outputs for one set of inputs, and the errors of layers relative to the spread of those
    ///   that the model has.
    private func compare(
        with reference: ReferenceRun,
        _ run: ([Tensor], LayerRows) throws -> (outputs: [Tensor], errors: [ValueID: Double])
    ) throws -> VerificationResult {
        let samples = reference.samples
        let outcomes = try reference.result()
        var differences = graph.outputs.map { OutputDifference(name: $0.name) }
        let drift = LayerDrift(graph, settings)
        var isSuspect = false
        for (index, expected) in outcomes.enumerated() {
            try progress(Double(index) / Double(samples.count + 1))
            let actual = try run(samples[index].inputs, expected.layers)
            guard expected.outputs.count == actual.outputs.count else {
                throw Problem(
                    .invalidArgument(
                        "the file has \(actual.outputs.count) outputs, "
                            + "the model has \(expected.outputs.count)",
                        remedy: "Give the file that was made from this model."))
            }
            for (position, pair) in zip(expected.outputs, actual.outputs).enumerated() {
                try ResourceBudget.current.holding(
                    8 * (pair.0.count + pair.1.count), for: "the comparison of an output"
                ) {
                    differences[position].add(
                        expected: Constant(pair.0).doubles(), actual: Constant(pair.1).doubles(),
                        columns: pair.0.shape.dims.last ?? 1)
                }
            }
            isSuspect = isSuspect || drift.isSuspect(actual.errors)
        }
        try progress(Double(samples.count) / Double(samples.count + 1))
        return result(differences, isSuspect: isSuspect, samples)
    }

    /// The inputs, and the expected outputs if they were recorded.
    ///
    /// - Parameter ranges: for each input the numbers that are generated at most; nil for any.
    private func samples(within ranges: [ClosedRange<Double>?] = []) throws -> [Sample] {
        if let inputs = settings.inputs, settings.recordedData == nil {
            return inputs.map { Sample(kind: "samples", inputs: $0, expected: nil) }
        }
        guard let data = settings.recordedData else {
            return try Sample.generated(
                for: graph, seed: settings.seed, isThorough: settings.isThorough, within: ranges)
        }
        return try RecordedData(path: data).samples(for: graph)
    }

    /// The kernels that the reference runs on.
    private var precision: GraphEvaluator.Precision { settings.isThorough ? .reference : .fast }

    /// An evaluator of the model that runs while the file does not.
    private var evaluator: GraphEvaluator {
        GraphEvaluator(graph, precision: precision, threads: settings.threads.count)
    }

    private func result(
        _ differences: [OutputDifference], isSuspect: Bool, _ samples: [Sample]
    ) -> VerificationResult {
        let reference =
            settings.recordedData.map { "the outputs in \($0)" }
            ?? settings.modelName + (settings.isThorough ? " in double precision" : "")
        var kinds: [String] = []
        for sample in samples where !kinds.contains(sample.kind) { kinds.append(sample.kind) }
        return VerificationResult(
            reference: reference, inputs: kinds, outputs: differences,
            tolerance: settings.tolerance, leastSignalToNoise: settings.leastSignalToNoise,
            integerOutputs: graph.outputs.map { !graph[$0.value].dtype.isFloat },
            isSuspect: isSuspect)
    }
}

extension OutputDifference {
    /// What an output has that agrees too little.
    fileprivate func lack(floor: Double) -> String {
        let noise = agreement.signalToNoise
        let ratio = noise.isFinite ? "\((noise * 10).rounded() / 10) dB" : "no signal"
        return
            "\(ratio) of signal to noise, \((agreement.equalPart * 1000).rounded() / 10) % equal "
            + "elements, and a largest error of \(maximumError); at least \(floor) dB are asked for"
    }
}
