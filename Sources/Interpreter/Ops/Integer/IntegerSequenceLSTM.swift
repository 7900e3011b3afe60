import Foundations
import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// UNIDIRECTIONAL_SEQUENCE_LSTM of 8-bit integers with a cell of 16 bits, without peepholes, projection, normalization
    /// and coupled gates.
    func integerSequenceLSTM() throws -> PreparedOperator {
        let options =
            optionalOptions(UnidirectionalSequenceLSTMOptions.self)
            ?? UnidirectionalSequenceLSTMOptions()
        let positions = LSTMInputs.single
        try requireBasicLSTM(positions, options.activation)
        let x = try quantizedInput(0)
        try require(x.operand, rank: 3)
        guard x.dtype == .int8 else { throw unsupported(x.dtype) }
        let units = try input(positions.recurrent).shape.dims.last ?? 0
        let batch = x.shape[options.isTimeMajor ? 1 : 0]
        let hidden = try integerState(positions.hidden, .int8, batch * units)
        let cell = try integerState(positions.cell, .int16, batch * units)
        let cellExponent = log2(cell.scale)
        guard cellExponent == cellExponent.rounded(), (-15 ... -9).contains(cellExponent) else {
            throw malformed("the scale of its cell is \(cell.scale)")
        }
        let y = try quantizedOutput(.int8, Shape(x.shape.dims.dropLast() + [units]))
        let between = try hiddenQuantization(y)
        let parameters = IntegerLSTM(
            batch: batch, steps: x.shape[options.isTimeMajor ? 0 : 1], inputs: x.shape[2],
            units: units, isTimeMajor: options.isTimeMajor, inputZeroPoint: x.zeroPoint,
            hiddenZeroPoint: between.zeroPoint, cellExponent: Int32(cellExponent),
            cellClip: Int32(min(max(options.cellClip / cell.scale, 0), 32767)),
            hiddenScale: between.scale)
        let gates = try (0..<4).map {
            try integerGate($0, positions, inputs: x.shape[2], units: units)
        }
        if gates.allSatisfy(\.isKnown) {
            let layer = Once {
                FastIntegerLSTM(
                    parameters, gates: gates.compactMap { $0.weights(x.scale, hidden.scale) })
            }
            return PreparedOperator(y.operand, hasEffects: true) { context in
                layer.value.run(
                    input: context.elements(x.operand), hidden: context.output(hidden.operand),
                    cell: context.output(cell.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        return PreparedOperator(y.operand, hasEffects: true) { context in
            parameters.run(
                input: context.elements(x.operand),
                gates: gates.map { $0.weights(context, x.scale, hidden.scale) },
                hidden: context.output(hidden.operand), cell: context.output(cell.operand),
                output: context.output(y.operand))
        }
    }

    /// Throws if the file has parts of an LSTM that the integer form lacks here.
    private func requireBasicLSTM(
        _ positions: LSTMInputs, _ activation: TFLiteActivation
    ) throws {
        let others =
            Array(positions.peepholes..<positions.peepholes + 3)
            + [positions.projections, positions.projections + 1]
            + (positions.normalizations.map { Array($0..<$0 + 4) } ?? [])
        guard others.allSatisfy({ optionalInput($0) == nil }) else {
            throw unsupported("integers with peepholes, a projection or a normalization")
        }
        guard optionalInput(positions.kernels) != nil else {
            throw unsupported("integers with coupled gates")
        }
        guard activation == .tanh else {
            throw unsupported("activation \(activation.schemaName)")
        }
    }

    /// A state of integers that the run changes.
    private func integerState(
        _ index: Int, _ dtype: DType, _ count: Int
    ) throws -> QuantizedOperand {
        let state = try quantizedInput(index)
        guard state.operand.known == nil, state.dtype == dtype, state.count == count else {
            throw malformed("a state of type \(state.dtype.rawValue) and shape \(state.shape)")
        }
        return state
    }

    /// The scale and zero point of the output before a projection, which the file notes beside the operator.
    private func hiddenQuantization(
        _ y: QuantizedOperand
    ) throws -> (scale: Float, zeroPoint: Int32) {
        guard intermediates.count > 4, let between = intermediates[4]?.quantization,
            let scale = between.scale.first
        else { return (y.scale, y.zeroPoint) }
        let zeroPoint = Int32(clamping: between.zeroPoint.first ?? 0)
        guard scale > 0, scale.isFinite, y.range.contains(zeroPoint) else {
            throw malformed("its intermediate result has the scale \(scale)")
        }
        return (scale, zeroPoint)
    }

    private func integerGate(
        _ number: Int, _ positions: LSTMInputs, inputs: Int, units: Int
    ) throws -> IntegerGate {
        let gate = IntegerGate(
            kernel: try quantizedInput(positions.kernels + number),
            recurrent: try quantizedInput(positions.recurrent + number),
            bias: optionalInput(positions.biases + number))
        try require(gate.kernel.operand, [units, inputs])
        try require(gate.recurrent.operand, [units, units])
        try require(gate.bias, [units])
        guard gate.kernel.dtype == .int8, gate.recurrent.dtype == .int8,
            gate.kernel.zeroPoint == 0, gate.recurrent.zeroPoint == 0,
            gate.bias.map({ $0.dtype == .int32 }) ?? true
        else { throw malformed("weights of gate \(number)") }
        return gate
    }
}

/// The operands of a gate.
private struct IntegerGate: Sendable {
    let kernel: QuantizedOperand
    let recurrent: QuantizedOperand
    let bias: Operand?

    /// Whether all elements are known before the model runs.
    var isKnown: Bool {
        kernel.operand.known != nil && recurrent.operand.known != nil
            && (bias.map { $0.known != nil } ?? true)
    }

    /// The weights that are known before the model runs; nil if some are not.
    func weights(_ inputScale: Float, _ hiddenScale: Float) -> IntegerLSTM.Gate? {
        guard let kernel = kernel.operand.known, let recurrent = recurrent.operand.known else {
            return nil
        }
        return IntegerLSTM.Gate(
            kernel: kernel.bytePointer, recurrent: recurrent.bytePointer,
            bias: bias?.known?.start.assumingMemoryBound(to: Int32.self),
            kernelScale: Double(self.kernel.scale) * Double(inputScale),
            recurrentScale: Double(self.recurrent.scale) * Double(hiddenScale))
    }

    func weights(
        _ context: RunContext, _ inputScale: Float, _ hiddenScale: Float
    ) -> IntegerLSTM.Gate {
        IntegerLSTM.Gate(
            kernel: context.elements(kernel.operand),
            recurrent: context.elements(recurrent.operand),
            bias: bias.map { context.elements($0) },
            kernelScale: Double(kernel.scale) * Double(inputScale),
            recurrentScale: Double(recurrent.scale) * Double(hiddenScale))
    }
}
