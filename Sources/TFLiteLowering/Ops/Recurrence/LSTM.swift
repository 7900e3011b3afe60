import GraphIR
import Problems
import TFLiteFormat
import Tensors

extension LSTM {
    /// UNIDIRECTIONAL_SEQUENCE_LSTM, whose states are variables that an operator before it sets at each run.
    ///
    /// With integers the cell has 16 bits, and the file notes the scale of the output beside the operator.
    func lower(_ node: NodeLowering) throws {
        let units = node.outputType.shape[2]
        let kernels = try (1...3).map { try node.gates($0, count: 4, units: units) }
        let storages = node.node.outputs.map { node.storage(of: $0) }
        let isInteger = storages[0] != .expressed
        let states =
            isInteger
            ? try node.storedStates(
                [("hidden", storages[0]), ("cell", storages[1])], units: units)
            : try node.recurrentStates(["hidden", "cell"], units: units, first: 4)
        let absent = [TensorIndex](repeating: .absent, count: 3)
        // Without layer normalization; TFLite Micro refuses an operator that leaves these four out.
        let normalization = [TensorIndex](repeating: .absent, count: 4)
        let hidden = try node.output()
        try node.emit(
            .unidirectionalSequenceLSTM,
            [node.input(0)] + kernels[0] + kernels[1] + absent + kernels[2] + [.absent, .absent]
                + states + normalization,
            to: [hidden], intermediates: isInteger ? try intermediates(node, storages[0]) : [],
            UnidirectionalSequenceLSTMOptions(activation: .init(activation)))
        if node.isUsed(output: 1) { try lowerCell(node, hidden: hidden, cell: states[1]) }
    }

    /// Four that serve a normalization, and the output before a projection.
    private func intermediates(_ node: NodeLowering, _ hidden: Storage) throws -> [TensorIndex] {
        let absent = (0..<4).map { node.step(TensorType(.float32, [0]), role: "gate\($0)") }
        return absent + [
            try node.writer.addStored([0], as: hidden, role: "projected", layer: node.layer)
        ]
    }

    /// Copies the cell state out of its variable.
    ///
    /// Reading an element of the sequence with it keeps a delegate from running the copy before the LSTM.
    private func lowerCell(_ node: NodeLowering, hidden: TensorIndex, cell: TensorIndex) throws {
        let shape = node.outputType.shape
        let step = TensorType(.float32, [shape[0], 1, 1])
        let first = node.step(step, role: "first")
        try node.emitSlice(hidden, to: first, begin: [0, 0, 0], sizes: [shape[0], 1, 1])
        let column = node.step(TensorType(.float32, [shape[0], 1]), role: "column")
        try node.emitReshape(first, to: [shape[0], 1], output: column)
        let joined = try node.emitStep(
            .concatenation, [cell, column],
            TensorType(.float32, [shape[0], shape[2] + 1]),
            ConcatenationOptions(axis: 1))
        try node.emitSlice(joined, to: node.output(1), begin: [0, 0], sizes: [shape[0], shape[2]])
    }
}

extension NodeLowering {
    /// The parts of a stacked constant `[count · units, …]`.
    func gates(_ index: Int, count: Int, units: Int) throws -> [TensorIndex] {
        guard let stacked = constant(index) else {
            throw unsupported("its weights are computed")
        }
        let storage = storage(of: node.inputs[index])
        return try (0..<count).map { gate in
            let rows = gate * units..<(gate + 1) * units
            let role = ["kernel", "recurrent_kernel", "bias"][index - 1]
            return try weights(
                stacked.sliced(rows, axis: 0), as: storage.ofRows(rows), role: role)
        }
    }

    /// The tensor of a constant, as numbers unless the operator takes it as it is stored.
    private func weights(_ constant: Constant, as storage: Storage, role: String) throws
        -> TensorIndex
    {
        guard storage != .expressed else {
            return parameter(constant, role: "\(node.layer)/\(role)")
        }
        let stored = try writer.addStored(
            constant.shape, as: storage, role: role, layer: layer,
            constant: constant.stored(as: storage))
        let limits = writer.target[.unidirectionalSequenceLSTM]
        if self.storage(of: node.inputs[0]) != .expressed { return stored }
        if let type = TFLiteTensorType(storage), limits?.hybridWeights.contains(type) == true {
            return stored
        }
        return try emitStep(.dequantize, [stored], constant.type, role: role)
    }

    /// The state variables `[batch, units]` of a recurrent operator, set to the inputs from `first` on or to zero.
    func recurrentStates(_ names: [String], units: Int, first: Int) throws -> [TensorIndex] {
        let batch = inputType(0).shape[0]
        let type = TensorType(.float32, [batch, units])
        return try names.enumerated().map { index, name in
            let state = variable(type, role: name)
            if node.inputs.count > first {
                // An operator that can work in place, as RESHAPE and ADD can, would share the memory of its input,
                // which a variable must not.
                try emitSlice(
                    input(first + index), to: state, begin: [0, 0], sizes: [batch, units])
            } else if batch == Shape.free {
                try emitZeros(to: state, units: units)
            } else {
                let dims = integers([batch, units], role: "dims")
                try emit(.fill, [dims, scalar(0, .float32, role: "zero")], to: [state])
            }
            return state
        }
    }

    /// Zeros in as many rows as x has: zeros like one feature of the first step, times a column of zeros.
    func emitZeros(to state: TensorIndex, units: Int) throws {
        let shape: Shape = [Shape.free, 1, 1]
        var feature = try step(ofElements: shape, role: "feature")
        try emitSlice(input(0), to: feature, begin: [0, 0, 0], sizes: [Shape.free, 1, 1])
        if storage(of: node.inputs[0]) != .expressed {
            feature = try emitStep(.dequantize, [feature], TensorType(.float32, shape))
        }
        let zeros = try emitStep(
            .zerosLike, [feature], TensorType(.float32, [Shape.free, 1, 1]))
        let column = parameter(Constant(Tensor.zeros(.float32, [units, 1])), role: "zeros")
        try emit(
            .fullyConnected, [zeros, column, .absent], to: [state],
            FullyConnectedOptions(activation: .none, keepsRank: false))
    }
}

extension TFLiteActivation {
    init(_ activation: CellActivation) {
        switch activation {
        case .none: self = .none
        case .relu: self = .relu
        case .relu6: self = .relu6
        case .reluN1To1: self = .reluN1To1
        case .tanh: self = .tanh
        }
    }
}
