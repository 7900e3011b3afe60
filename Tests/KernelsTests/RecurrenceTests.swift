import Kernels
import Testing

/// The fast recurrences against the reference, for batches with and without packed weights.
struct RecurrenceTests {
    private static let functions: [UnaryFunction?] = [nil, .relu, .tanh]

    @Test(arguments: [1, 3, 5], [false, true])
    func lstm(batch: Int, isTimeMajor: Bool) {
        for activation in Self.functions {
            let parameters = RecurrenceParameters(
                batch: batch, steps: 6, inputs: 7, units: 19, isTimeMajor: isTimeMajor,
                activation: activation)
            let fast = run(parameters, gateCount: 4) {
                FastKernels.lstm(
                    parameters, input: $0, gates: $1, hidden: $2, cell: $3, output: $4)
            }
            let reference = run(parameters, gateCount: 4) {
                ReferenceKernels.lstm(
                    parameters, input: $0, gates: $1, hidden: $2, cell: $3, output: $4)
            }
            #expect(relativeError(fast, reference) < 1e-5)
        }
    }

    @Test(arguments: [1, 3, 5], [false, true])
    func simpleRNN(batch: Int, isTimeMajor: Bool) {
        for activation in Self.functions {
            let parameters = RecurrenceParameters(
                batch: batch, steps: 6, inputs: 7, units: 19, isTimeMajor: isTimeMajor,
                activation: activation)
            let fast = run(parameters, gateCount: 1) {
                FastKernels.simpleRNN(
                    parameters, input: $0, weights: $1[0], hidden: $2, output: $4)
            }
            let reference = run(parameters, gateCount: 1) {
                ReferenceKernels.simpleRNN(
                    parameters, input: $0, weights: $1[0], hidden: $2, output: $4)
            }
            #expect(relativeError(fast, reference) < 1e-5)
        }
    }

    private typealias Body = (
        UnsafePointer<Float>, [GateWeights], UnsafeMutablePointer<Float>,
        UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

    /// The outputs, then the last states, from random weights, inputs and initial states.
    private func run(_ parameters: RecurrenceParameters, gateCount: Int, _ body: Body) -> [Float] {
        var samples = Samples()
        let (units, inputs) = (parameters.units, parameters.inputs)
        let rows = parameters.batch * parameters.steps
        let gateSize = units * (inputs + units + 1)
        let weights = samples.floats(gateCount * gateSize, in: -0.3...0.3)
        let input = samples.floats(rows * inputs)
        let states = samples.floats(2 * parameters.batch * units)
        let outputCount = rows * units
        return filled(outputCount + states.count) { output in
            let hidden = output + outputCount
            hidden.update(from: states, count: states.count)
            weights.withUnsafeBufferPointer { weights in
                guard let base = weights.baseAddress else { return }
                let gates = (0..<gateCount).map { gate in
                    let first = base + gate * gateSize
                    return GateWeights(
                        kernel: first, recurrent: first + units * inputs,
                        bias: first + units * (inputs + units))
                }
                body(input, gates, hidden, hidden + states.count / 2, output)
            }
        }
    }
}
