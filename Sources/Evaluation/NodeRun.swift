import Foundations
import GraphIR
import Kernels
import Problems
import Tensors

/// What a node reads: a computed tensor, or a constant that is read when it is needed.
enum NodeInput {
    case tensor(Tensor)
    case constant(Constant)

    var type: TensorType {
        switch self {
        case .tensor(let tensor): TensorType(tensor.dtype, tensor.shape)
        case .constant(let constant): constant.type
        }
    }

    /// The elements in memory.
    var tensor: Tensor {
        switch self {
        case .tensor(let tensor): tensor
        case .constant(let constant): constant.tensor()
        }
    }
}

/// One run of one operation: its operands, its results and how to compute them.
///
/// Pointers to elements are valid as long as the run lives.
final class NodeRun {
    let name: String
    let precision: GraphEvaluator.Precision
    let threads: Int
    let weights: PackedWeights?
    let inputTypes: [TensorType]
    let outputs: [Tensor]
    /// How operands and results are stored; empty if all are real numbers.
    let storages: [Storage]
    /// Is shown an output of a recurrent operation after each step, with its position.
    let observeStep: ((Int, Tensor) -> Void)?
    private var operands: [NodeInput]

    private init(
        _ op: Op, operands: [NodeInput], storages: [Storage],
        precision: GraphEvaluator.Precision, threads: Int, weights: PackedWeights?,
        recycler: StorageRecycler?, observeStep: ((Int, Tensor) -> Void)?
    ) throws {
        self.storages = storages
        self.observeStep = observeStep
        name = op.name
        self.precision = precision
        self.threads = threads
        self.weights = weights
        self.operands = operands
        inputTypes = operands.map(\.type)
        outputs = try op.outputTypes(for: inputTypes).map { type in
            guard type.shape.isStatic, type.shape.elementCount <= NodeRun.elementLimit else {
                throw Problem(.tooLarge(what: "a result of \(op.name)", value: "\(type)"))
            }
            let byteCount = type.shape.elementCount * type.dtype.byteCount
            let what = "a result of \(op.name)"
            return Tensor(
                dtype: type.dtype, shape: type.shape,
                storage: try recycler?.take(byteCount, for: what)
                    ?? .drawn(byteCount: byteCount, for: what))
        }
        try draw(op)
    }

    /// Draws the steps of the operation from the budget, and makes sure that there is memory for its constants.
    private func draw(_ op: Op) throws {
        let budget = ResourceBudget.current
        let results = outputs.map { TensorType($0.dtype, $0.shape) }
        try budget.spend(
            op.steps(inputs: inputTypes, outputs: results, precision),
            on: "computing \(op.name)")
        for case .constant(let constant) in operands where constant.contiguousBytes == nil {
            try budget.require(constant.byteCount, for: "a constant of \(op.name)")
        }
    }

    /// Elements of the largest value that is computed.
    private static let elementLimit = 1 << 36

    /// The results of an operation.
    static func outputs(
        of op: Op, operands: [NodeInput], storages: [Storage] = [],
        precision: GraphEvaluator.Precision, threads: Int, weights: PackedWeights?,
        recycler: StorageRecycler? = nil, observeStep: ((Int, Tensor) -> Void)? = nil
    ) throws -> [Tensor] {
        let run = try NodeRun(
            op, operands: operands, storages: storages, precision: precision, threads: threads,
            weights: weights, recycler: recycler, observeStep: observeStep)
        return try withExtendedLifetime(run) {
            if run.outputs.contains(where: { $0.count > 0 }) { try op.compute(run) }
            return run.outputs
        }
    }

    var inputCount: Int { operands.count }
    var isFast: Bool { precision == .fast }

    func shape(_ index: Int) -> Shape { inputTypes[index].shape }
    func dtype(_ index: Int) -> DType { inputTypes[index].dtype }
    func outputShape(_ index: Int = 0) -> Shape { outputs[index].shape }

    /// Bytes of an element of the first output.
    var elementSize: Int { outputs[0].dtype.byteCount }

    /// The elements of an input.
    func bytes(_ index: Int) -> UnsafeRawPointer {
        if case .constant(let constant) = operands[index] {
            let alignment = UInt(max(constant.dtype.byteCount, 1))
            if let base = constant.contiguousBytes?.baseAddress,
                UInt(bitPattern: base) % alignment == 0
            {
                return base
            }
            operands[index] = .tensor(constant.tensor())
        }
        let storage = operands[index].tensor.storage.mutableBytes
        return UnsafeRawPointer(storage.baseAddress ?? NodeRun.noBytes)
    }

    /// An input in memory.
    func tensor(_ index: Int) -> Tensor { operands[index].tensor }

    /// The elements of an output, to be written; they start as anything.
    func outputBytes(_ index: Int = 0) -> UnsafeMutableRawPointer {
        outputs[index].storage.mutableBytes.baseAddress ?? NodeRun.noBytes
    }

    /// Stands for the elements of empty tensors.
    nonisolated(unsafe) private static let noBytes = UnsafeMutableRawPointer.allocate(
        byteCount: 16, alignment: 16)

    /// The elements of an input of type `Element`.
    func input<Element>(_ index: Int, as _: Element.Type = Element.self) -> UnsafePointer<Element> {
        bytes(index).assumingMemoryBound(to: Element.self)
    }

    /// The elements of an output of type `Element`, to be written.
    func output<Element>(
        _ index: Int = 0, as _: Element.Type = Element.self
    ) -> UnsafeMutablePointer<Element> {
        outputBytes(index).assumingMemoryBound(to: Element.self)
    }

    /// The elements of an input that has to be float32.
    func floats(_ index: Int) throws -> UnsafePointer<Float> {
        guard dtype(index) == .float32 else { throw unsupported(dtype(index)) }
        return input(index, as: Float.self)
    }

    /// The elements of a float32 input that a fast evaluator keeps in memory if they are constant.
    func keptFloats(_ index: Int) throws -> UnsafePointer<Float> {
        if let weights, case .constant(let constant) = operands[index],
            constant.contiguousBytes == nil
        {
            let kept = weights.filter ?? constant.tensor()
            weights.filter = kept
            operands[index] = .tensor(kept)
        }
        return try floats(index)
    }

    /// The elements of an optional float32 input; nil if the node lacks it.
    func optionalFloats(_ index: Int) throws -> UnsafePointer<Float>? {
        index < inputCount ? try floats(index) : nil
    }

    /// The elements of the first output, which has to be float32.
    func floatOutput() throws -> UnsafeMutablePointer<Float> {
        guard outputs[0].dtype == .float32 else { throw unsupported(outputs[0].dtype) }
        return output(0, as: Float.self)
    }

    /// The problem of an element type that the operation cannot compute with.
    func unsupported(_ dtype: DType) -> Problem {
        Problem(.unsupportedOperator(name: name, reason: .elementType(dtype.rawValue)))
    }

    /// The problem of shapes that the kernels cannot express.
    func invalid(_ reason: String) -> Problem {
        Problem(.invalidShape("\(name): \(reason)"))
    }

    /// The value of `make`, which is nil if shapes do not fit.
    func fitting<Value>(_ make: @autoclosure () -> Value?) throws -> Value {
        guard let value = make() else {
            throw invalid(inputTypes.map(\.description).joined(separator: ", "))
        }
        return value
    }
}
