import GraphIR
import Problems
import TFLiteFormat
import Tensors

/// What writes operators on behalf of a layer: the lowering of a node, or a subgraph itself.
protocol OperatorWriter {
    /// The subgraph that the operators are added to.
    var writer: SubgraphWriter { get }

    /// The path of the Keras layer that asks for the operators.
    var layer: String { get }

    /// The problem that the target does not run `builtin` here.
    func unsupported(_ builtin: BuiltinOperator, _ reason: String) -> Problem
}

extension OperatorWriter {
    func unsupported(_ builtin: BuiltinOperator, _ reason: String) -> Problem {
        Problem(.unsupportedOperator(name: "\(builtin)", reason: .reason(reason)), layer: layer)
    }

    /// Adds an operator that makes `outputs`.
    func emit(
        _ builtin: BuiltinOperator, _ inputs: [TensorIndex], to outputs: [TensorIndex],
        intermediates: [TensorIndex] = [], _ options: (any OptionsTable)? = nil
    ) throws {
        try writer.add(
            builtin, inputs: inputs, outputs: outputs, intermediates: intermediates,
            options: options, layer: layer
        ) { unsupported(builtin, $0) }
    }

    /// Adds an operator that makes a new tensor, and returns that.
    func emitStep(
        _ builtin: BuiltinOperator, _ inputs: [TensorIndex], _ type: TensorType,
        _ options: (any OptionsTable)? = nil, role: String? = nil
    ) throws -> TensorIndex {
        let result = step(type, role: role ?? "\(builtin)")
        try emit(builtin, inputs, to: [result], options)
        return result
    }

    /// A tensor between two operators.
    func step(_ type: TensorType, role: String) -> TensorIndex {
        writer.addTensor(type, role: role, layer: layer)
    }

    /// A tensor that an operator reads and changes, and that keeps its elements between runs unless an operator writes
    /// them again.
    func variable(_ type: TensorType, role: String) -> TensorIndex {
        writer.addTensor(type, role: role, layer: layer, isVariable: true)
    }

    /// A tensor of any constant.
    func parameter(_ constant: Constant, role: String) -> TensorIndex {
        writer.parameter(constant, role: role)
    }

    /// A tensor of constant 32-bit integers, a vector unless a shape is given.
    func integers(_ values: [Int], _ shape: Shape? = nil, role: String) -> TensorIndex {
        parameter(Constant(values, shape ?? [values.count]), role: role)
    }

    /// A constant scalar of 32-bit integers.
    func integer(_ value: Int, role: String) -> TensorIndex {
        integers([value], .scalar, role: role)
    }

    /// A constant scalar of some type.
    func scalar(_ value: Double, _ dtype: DType, role: String) -> TensorIndex {
        let number = Tensor(dtype: .float64, shape: .scalar, copying: [value])
        return parameter(Constant(number, as: dtype), role: role)
    }

    /// Adds a RESHAPE to `shape`, in which one extent may be free.
    ///
    /// - Throws: `Problem.Kind.unsupported` if several extents are free.
    func emitReshape(_ input: TensorIndex, to shape: Shape, output: TensorIndex) throws {
        guard shape.dims.count(where: { $0 == Shape.free }) <= 1 else {
            throw Problem.unknownSizes(ofReshape: "to \(shape)", layer: layer)
        }
        try emit(
            .reshape, [input, integers(shape.dims, role: "shape")], to: [output],
            ReshapeOptions(newShape: shape.dims))
    }

    /// Adds a slice; a free size takes all of a free axis.
    func emitSlice(_ x: TensorIndex, to output: TensorIndex, begin: [Int], sizes: [Int]) throws {
        guard let free = sizes.firstIndex(of: Shape.free) else {
            let ends = [integers(begin, role: "begin"), integers(sizes, role: "size")]
            return try emit(.slice, [x] + ends, to: [output])
        }
        let ends = zip(begin, sizes).map { $1 == Shape.free ? 0 : $0 + $1 }
        try emitStridedSlice(
            x, to: output, begin: begin, end: ends,
            StridedSliceOptions(beginMask: 0, endMask: 1 << free))
    }

    /// Adds a STRIDED_SLICE; steps are 1 unless given.
    func emitStridedSlice(
        _ x: TensorIndex, to output: TensorIndex, begin: [Int], end: [Int], steps: [Int]? = nil,
        _ options: StridedSliceOptions
    ) throws {
        let steps = steps ?? [Int](repeating: 1, count: begin.count)
        try emit(
            .stridedSlice,
            [
                x, integers(begin, role: "begin"), integers(end, role: "end"),
                integers(steps, role: "strides"),
            ], to: [output], options)
    }
}
