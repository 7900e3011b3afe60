import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

/// The fast recurrences against the reference, for batches with and without packed weights.
struct RecurrenceTests {
    private static let functions: [UnaryFunction?] = [nil, .relu, .tanh]

    @Test(arguments: [1, 3, 5], [false, true])
    func lstm(batch: Int, isTimeMajor: Bool) {
        for activation in Self.functions {
            compareLSTM(
                sequence(batch: batch, steps: 6, units: 19, isTimeMajor, activation), [])
        }
    }

    /// Each part that a memory may have, alone and with all others, forwards and backwards.
    @Test(arguments: [1, 3, 5], [false, true])
    func lstmParts(batch: Int, isBackward: Bool) {
        for parts in Part.allCases.map({ [$0] }) + [Part.allCases] {
            var sequence = sequence(batch: batch, steps: 5, units: 19, false, .tanh)
            sequence.isBackward = isBackward
            sequence.outputStride = 40
            compareLSTM(sequence, Set(parts))
        }
    }

    /// Matrices large enough to be packed for products with vectors, whole panels and parts of one.
    @Test(arguments: [1, 2, 4], [64, 77, 96])
    func largeMatrices(batch: Int, units: Int) {
        compareLSTM(sequence(batch: batch, steps: 12, units: units, false, .tanh), [])
    }

    /// Sequences so long that their inputs are projected in several parts.
    @Test(arguments: [1, 3, 5], [false, true])
    func longSequences(batch: Int, isBackward: Bool) {
        for isTimeMajor in [false, true] {
            var sequence = sequence(batch: batch, steps: 150, units: 160, isTimeMajor, .tanh)
            sequence.isBackward = isBackward
            compareLSTM(sequence, [])
            compareLSTM(sequence, [.auxiliary])
        }
    }

    @Test(arguments: [64, 77])
    func threadsDoNotChangeResults(units: Int) {
        let sequence = sequence(batch: 2, steps: 9, units: units, false, .tanh)
        let results = [1, 2, 3].map { threads in
            runLSTM(sequence, []) {
                FastKernels.lstm(
                    $0, weights: $1, input: $2, auxiliary: $3, hidden: $4, cell: $5, output: $6,
                    threads: threads)
            }
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
    }

    @Test(arguments: [1, 3, 5], [false, true])
    func simpleRNN(batch: Int, isTimeMajor: Bool) {
        for activation in Self.functions {
            for inputs in [0, 3] {
                var shape = sequence(batch: batch, steps: 6, units: 19, isTimeMajor, activation)
                shape.auxiliaryInputs = inputs
                let fast = runRNN(shape) {
                    FastKernels.simpleRNN(
                        shape, weights: $0, input: $1, auxiliary: $2, hidden: $3, output: $4)
                }
                let reference = runRNN(shape) {
                    ReferenceKernels.simpleRNN(
                        shape, weights: $0, input: $1, auxiliary: $2, hidden: $3, output: $4)
                }
                #expect(Difference(fast, reference).relative < 1e-5)
            }
        }
    }

    /// What an LSTM may have besides its four gates.
    private enum Part: CaseIterable {
        case auxiliary, coupledGates, peepholes, normalization, projection, clipping, diagonal
    }

    private func sequence(
        batch: Int, steps: Int, units: Int, _ isTimeMajor: Bool, _ activation: UnaryFunction?
    ) -> RecurrenceParameters {
        RecurrenceParameters(
            batch: batch, steps: steps, inputs: 7, units: units, isTimeMajor: isTimeMajor,
            activation: activation)
    }

    private typealias LSTMBody = (
        LSTMParameters, LSTMWeights, UnsafePointer<Float>, UnsafePointer<Float>?,
        UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

    private func compareLSTM(_ sequence: RecurrenceParameters, _ parts: Set<Part>) {
        let fast = runLSTM(sequence, parts) {
            FastKernels.lstm(
                $0, weights: $1, input: $2, auxiliary: $3, hidden: $4, cell: $5, output: $6)
        }
        let reference = runLSTM(sequence, parts) {
            ReferenceKernels.lstm(
                $0, weights: $1, input: $2, auxiliary: $3, hidden: $4, cell: $5, output: $6)
        }
        #expect(Difference(fast, reference).relative < 1e-5, "\(parts) of \(sequence)")
    }

    /// The outputs, then the last states, from random weights, inputs and initial states.
    private func runLSTM(
        _ shape: RecurrenceParameters, _ parts: Set<Part>, _ body: LSTMBody
    ) -> [Float] {
        var samples = SplitMix64(seed: 1)
        var sequence = shape
        if parts.contains(.auxiliary) { sequence.auxiliaryInputs = 3 }
        if parts.contains(.projection), !parts.contains(.diagonal) { sequence.outputs = 11 }
        var parameters = LSTMParameters(sequence)
        parameters.hasDiagonalRecurrence = parts.contains(.diagonal)
        if parts.contains(.clipping) {
            parameters.cellClip = 0.3
            parameters.projectionClip = 0.2
        }
        let (units, outputs) = (sequence.units, sequence.outputs)
        // Larger weights of many units make the states chaotic, so that any rounding grows.
        let largest = 0.4 * (19 / Float(units)).squareRoot()
        var arrays: [UnsafeMutablePointer<Float>] = []
        defer { for array in arrays { array.deallocate() } }
        func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
            let array = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
            array.initialize(from: samples.floats(count, in: -largest...largest), count: count)
            arrays.append(array)
            return array
        }
        func gate(peephole: Bool) -> GateWeights {
            var gate = GateWeights(
                kernel: UnsafePointer(floats(units * sequence.inputs)),
                recurrent: UnsafePointer(floats(units * outputs)),
                bias: UnsafePointer(floats(units)))
            if parts.contains(.auxiliary) {
                gate.auxiliaryKernel = UnsafePointer(floats(units * sequence.auxiliaryInputs))
            }
            if parts.contains(.peepholes), peephole {
                gate.peephole = UnsafePointer(floats(units))
            }
            if parts.contains(.normalization) {
                gate.normalization = UnsafePointer(floats(units))
            }
            return gate
        }
        var weights = LSTMWeights(
            input: gate(peephole: true), forget: gate(peephole: true),
            candidate: gate(peephole: false), output: gate(peephole: true))
        if parts.contains(.coupledGates) { weights.input = nil }
        if parts.contains(.projection) {
            weights.projection = UnsafePointer(floats(outputs * units))
            weights.projectionBias = UnsafePointer(floats(outputs))
        }
        let rows = sequence.batch * sequence.steps
        let (x, a) = (floats(rows * sequence.inputs), floats(rows * sequence.auxiliaryInputs))
        let states = floats(sequence.batch * (outputs + units))
        let results = filled(rows * sequence.outputStride) { output in
            body(
                parameters, weights, x, parts.contains(.auxiliary) ? UnsafePointer(a) : nil,
                states, states + sequence.batch * outputs, output)
        }
        let written = results.indices.filter { $0 % sequence.outputStride < outputs }
        return written.map { results[$0] }
            + (0..<sequence.batch * (outputs + units)).map { states[$0] }
    }

    private func runRNN(
        _ shape: RecurrenceParameters,
        _ body: (
            GateWeights, UnsafePointer<Float>, UnsafePointer<Float>?, UnsafeMutablePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void
    ) -> [Float] {
        var samples = SplitMix64(seed: 1)
        let (units, rows) = (shape.units, shape.batch * shape.steps)
        let kernels = samples.floats(units * (shape.inputs + units + 1 + 3), in: -0.3...0.3)
        let (x, a) = (samples.floats(rows * shape.inputs), samples.floats(rows * 3))
        var state = samples.floats(shape.batch * units)
        let results = filled(rows * units) { output in
            kernels.withUnsafeBufferPointer { kernels in
                guard let base = kernels.baseAddress else { return }
                let recurrent = base + units * shape.inputs
                var weights = GateWeights(
                    kernel: base, recurrent: recurrent, bias: recurrent + units * units)
                if shape.auxiliaryInputs > 0 {
                    weights.auxiliaryKernel = recurrent + units * (units + 1)
                }
                state.withUnsafeMutableBufferPointer { state in
                    guard let hidden = state.baseAddress else { return }
                    body(weights, x, shape.auxiliaryInputs > 0 ? a : nil, hidden, output)
                }
            }
        }
        return results + state
    }
}
