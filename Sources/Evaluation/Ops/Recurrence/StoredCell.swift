import GraphIR
import Kernels
import Tensors

/// An LSTM whose operands are stored as integers, with which it computes as the operator does.
struct StoredCell {
    private let input: Grid
    private let hidden: Grid
    private let cellExponent: Int32
    private let kernels: [Storage]
    private let shape: RecurrenceParameters

    /// One scale and one zero point.
    private struct Grid {
        let scale: Float
        let zeroPoint: Int32

        init?(_ storage: Storage) {
            guard case .integer(8, isSigned: true, let parameters) = storage,
                parameters.axis == nil
            else { return nil }
            scale = parameters.scales[0]
            zeroPoint = Int32(parameters.zeroPoints[0])
        }
    }

    /// Nil unless a run reads and makes 8-bit integers beside a cell of 16 bits and starts with zeros.
    init?(_ run: NodeRun) {
        let storages = run.storages
        guard storages.count == 6, let input = Grid(storages[0]), let hidden = Grid(storages[4]),
            case .integer(16, _, let cell) = storages[5]
        else { return nil }
        self.input = input
        self.hidden = hidden
        cellExponent = Int32(cell.scales[0].exponent)
        kernels = Array(storages[1...3])
        shape = run.recurrence(.tanh)
    }

    func compute(_ run: NodeRun) {
        let units = shape.units
        let kernel: [Int8] = integers(run, 1)
        let recurrent: [Int8] = integers(run, 2)
        let bias: [Int32] = integers(run, 3)
        let x: [Int8] = Constant(run.tensor(0)).stored(as: run.storages[0]).elements()
        var state = [Int8](repeating: Int8(clamping: hidden.zeroPoint), count: shape.batch * units)
        var cell = [Int16](repeating: 0, count: shape.batch * units)
        var output = [Int8](repeating: 0, count: shape.batch * shape.steps * units)
        let parameters = IntegerLSTM(
            batch: shape.batch, steps: shape.steps, inputs: shape.inputs, units: units,
            isTimeMajor: false, inputZeroPoint: input.zeroPoint, hiddenZeroPoint: hidden.zeroPoint,
            cellExponent: cellExponent, cellClip: 0, hiddenScale: hidden.scale)
        kernel.withUnsafeBufferPointer { kernel in
            recurrent.withUnsafeBufferPointer { recurrent in
                bias.withUnsafeBufferPointer { bias in
                    let gates = (0..<4).compactMap {
                        gate($0, kernel.baseAddress, recurrent.baseAddress, bias.baseAddress)
                    }
                    FastIntegerLSTM(parameters, gates: gates).run(
                        input: x, hidden: &state, cell: &cell, output: &output,
                        threads: run.threads)
                }
            }
        }
        let result = run.output(0, as: Float.self)
        for (index, value) in output.enumerated() {
            result[index] = hidden.scale * Float(Int32(value) - hidden.zeroPoint)
        }
        let last = run.output(1, as: Float.self)
        for (index, value) in cell.enumerated() {
            last[index] =
                Float(value) * Float(sign: .plus, exponent: Int(cellExponent), significand: 1)
        }
    }

    private func gate(
        _ number: Int, _ kernel: UnsafePointer<Int8>?, _ recurrent: UnsafePointer<Int8>?,
        _ bias: UnsafePointer<Int32>?
    ) -> IntegerLSTM.Gate? {
        guard let kernel, let recurrent, let bias else { return nil }
        let row = number * shape.units
        return IntegerLSTM.Gate(
            kernel: kernel + row * shape.inputs, recurrent: recurrent + row * shape.units,
            bias: bias + row,
            kernelScale: Double(scale(kernels[0], row)) * Double(input.scale),
            recurrentScale: Double(scale(kernels[1], row)) * Double(hidden.scale))
    }

    private func scale(_ storage: Storage, _ row: Int) -> Float {
        guard case .integer(_, _, let parameters) = storage else { return 1 }
        return parameters.axis == nil ? parameters.scales[0] : parameters.scales[row]
    }

    /// The stored elements of a constant operand.
    private func integers<Element>(_ run: NodeRun, _ index: Int) -> [Element] {
        Constant(run.tensor(index)).stored(as: run.storages[index]).elements()
    }
}
