import Foundations
import Problems
import TFLiteFormat
import Tensors

/// The state of one thread that runs a model.
///
/// A session may be used by one thread at a time. It keeps the memory of the last input shapes, so that runs of equal
/// shapes cost nothing but the computation.
public final class LiteSession {
    /// The inputs, in the order of the file; for their present shapes see `inputShapes`.
    public var inputs: [LiteTensorDescription] { ports.inputs }
    /// The outputs, in the order of the file.
    public var outputs: [LiteTensorDescription] { ports.outputs }

    private let ports: LitePorts
    /// The file that the weights are read from; nil if it was given as bytes.
    private let mapped: MappedFile?
    /// The path of the file, for errors.
    var path: String? { mapped?.path }
    /// The subgraph that is run.
    let graph: TFLiteSubgraph
    private let plans: PlanCache
    let threads: Int
    var memory: SessionMemory

    init(_ model: LiteModel, threads: Int) throws {
        ports = model.ports
        mapped = model.mapped
        graph = model.file.subgraphs[model.subgraph]
        plans = model.plans
        self.threads = threads
        memory = try SessionMemory(model.plans.initial)
    }

    /// The bytes of memory for tensors, constants left out.
    public var arenaByteCount: Int { memory.arenaByteCount }

    /// The present shapes of the inputs.
    public var inputShapes: [[Int]] { memory.plan.inputShapes.map(\.dims) }

    /// Sets the shape of an input, even if the file does not say that it is free.
    ///
    /// - Parameter index: the position in `LiteModel.inputs`.
    /// - Throws: `LiteModelError` if the operators do not accept the shape.
    public func resizeInput(_ index: Int, to shape: [Int]) throws(LiteModelError) {
        try LiteModelError.wrapping(file: path) {
            guard inputs.indices.contains(index) else { throw unknown("input \(index)") }
            guard shape.allSatisfy({ $0 >= 0 }) else {
                throw Problem(.invalidArgument("\(shape) is not a valid shape", remedy: ""))
            }
            var shapes = memory.plan.inputShapes
            shapes[index] = Shape(shape)
            try adopt(shapes)
        }
    }

    /// Sets the shape of the input with this name; as `resizeInput(_:to:)`.
    public func resizeInput(named name: String, to shape: [Int]) throws(LiteModelError) {
        try resizeInput(try ports.position(ofInput: name, nil), to: shape)
    }

    /// Sets all variables of the model to their initial values.
    public func resetVariables() {
        memory.resetVariables()
    }

    /// Runs the model.
    ///
    /// - Parameters:
    ///   - tensors: in the order of `LiteModel.inputs`; free extents can have any size. Floats for an input of quantized
    ///     integers are rounded to them.
    ///   - observe: is shown the outputs of each operator as soon as they are there, constants left out.
    /// - Returns: the outputs in the order of `LiteModel.outputs`.
    /// - Throws: `LiteModelError` if an input does not fit or an index in the data is out of range.
    public func run(
        _ tensors: [LiteTensor],
        observing observe: ((LiteTensorDescription, LiteTensor) -> Void)? = nil
    ) throws(LiteModelError) -> [LiteTensor] {
        try run(tensors, copying: true, observe)
    }

    /// Runs the model as `run(_:observing:)` does, but shows the outputs of operators where they lie in memory.
    ///
    /// Of operators that run as one, only the last one's outputs are there.
    ///
    /// - Parameter view: must not keep the tensor, whose elements later operators replace.
    package func runInPlace(
        _ tensors: [LiteTensor],
        showing view: @escaping (LiteTensorDescription, LiteTensor) -> Void
    ) throws(LiteModelError) -> [LiteTensor] {
        try run(tensors, copying: false, view)
    }

    private func run(
        _ tensors: [LiteTensor], copying: Bool,
        _ observe: ((LiteTensorDescription, LiteTensor) -> Void)?
    ) throws(LiteModelError) -> [LiteTensor] {
        try LiteModelError.wrapping(file: path) {
            let tensors = integers(of: tensors)
            try accept(tensors)
            for (tensor, description) in zip(tensors, inputs) {
                tensor.withUnsafeBytes {
                    memory.bytes(description.tensorIndex).copyMemory(from: $0)
                }
            }
            try execute(observing: observe, copying: copying)
            return try outputs.map {
                try tensor(
                    Self.copy(of: memory.result($0.tensorIndex)),
                    memory.resultType($0.tensorIndex), $0.tensorIndex)
            }
        }
    }

    /// The tensors, with the integers that stand for floats where an input takes integers.
    private func integers(of tensors: [LiteTensor]) -> [LiteTensor] {
        guard tensors.count == inputs.count else { return tensors }
        return zip(tensors, inputs).map { $1.integers(of: $0) }
    }

    /// Runs the operators on what the inputs hold.
    ///
    /// - Parameter copying: whether `observe` sees the outputs of every operator and may keep them.
    func execute(
        observing observe: ((LiteTensorDescription, LiteTensor) -> Void)? = nil,
        copying: Bool = true
    ) throws {
        try ResourceBudget.current.apart {
            guard let observe else { return try memory.run(threads: threads) }
            try memory.run(threads: threads, everyStep: copying) { step, memory in
                try self.show(step.outputs, of: memory, copying: copying, observe)
            }
        }
        if let mapped, mapped.isDamaged { throw Problem(.fileChanged) }
    }

    /// The elements of an input.
    func inputBytes(_ tensor: TensorIndex) -> UnsafeMutableRawBufferPointer { memory.bytes(tensor) }

    /// The elements of an output of the last run.
    func outputBytes(_ tensor: TensorIndex) -> UnsafeMutableRawBufferPointer {
        memory.result(tensor)
    }

    /// Runs the model with inputs and outputs by name.
    ///
    /// - Parameters:
    ///   - tensors: one for each input, under its name in the signature or in the file.
    ///   - signature: the names that are meant, those of one of the subgraph's signatures; by default of its first.
    /// - Returns: the outputs under their names in the signature, or in the file if there is none.
    public func run(
        named tensors: [String: LiteTensor], signature: String? = nil
    ) throws(LiteModelError) -> [String: LiteTensor] {
        let results = try run(
            LiteModelError.wrapping { try ports.arrange(tensors, signature: signature) })
        return Dictionary(
            zip(ports.outputNames(signature), results), uniquingKeysWith: { first, _ in first })
    }

    /// Checks inputs, and plans again if their shapes changed.
    private func accept(_ tensors: [LiteTensor]) throws {
        guard tensors.count == inputs.count else {
            throw Problem(
                .invalidArgument(
                    "the model takes \(inputs.count) inputs, not \(tensors.count)", remedy: ""))
        }
        let present = memory.plan.inputShapes
        for (index, tensor) in tensors.enumerated() {
            let input = inputs[index]
            let fits = tensor.shape == present[index].dims || input.accepts(tensor.shape)
            guard fits, tensor.elementType == input.elementType else {
                throw Problem(
                    .invalidArgument(
                        "input '\(input.name)' takes \(input), not \(tensor)",
                        remedy: input.elementType == tensor.elementType
                            ? "Resize the input first if another size is meant." : ""))
            }
        }
        let shapes = tensors.map(\.tensor.shape)
        if shapes != present { try adopt(shapes) }
    }

    private func adopt(_ shapes: [Shape]) throws {
        guard shapes != memory.plan.inputShapes else { return }
        memory = try SessionMemory(plans.plan(for: shapes), variables: memory.variables)
    }

    private func show(
        _ tensors: [TensorIndex], of memory: PlanMemory, copying: Bool,
        _ observe: (LiteTensorDescription, LiteTensor) -> Void
    ) throws {
        for index in tensors {
            guard let type = memory.plan.types[index], LiteElementType(type.dtype) != nil else {
                continue
            }
            let value = try tensor(
                copying
                    ? Self.copy(of: memory.bytes(index))
                    : TensorStorage(borrowing: memory.address(index), byteCount: type.byteCount),
                type, index)
            let tensor = graph[index]
            observe(
                LiteTensorDescription(
                    name: tensor.name, shape: tensor.describedShape,
                    elementType: value.elementType, quantization: LiteQuantization(tensor),
                    tensorIndex: index), value)
        }
    }

    private static func copy(of bytes: UnsafeMutableRawBufferPointer) -> TensorStorage {
        let storage = TensorStorage(uninitializedByteCount: bytes.count)
        storage.mutableBytes.copyMemory(from: UnsafeRawBufferPointer(bytes))
        return storage
    }

    private func tensor(
        _ storage: TensorStorage, _ type: Plan.PlannedType?, _ index: TensorIndex
    ) throws -> LiteTensor {
        guard let type else { throw unknown("tensor \(index)") }
        let tensor = Tensor(dtype: type.dtype, shape: type.shape, storage: storage)
        guard let value = LiteTensor(tensor) else { throw unknown("tensor \(index)") }
        return value
    }

    private func unknown(_ what: String) -> Problem {
        Problem(.invalidArgument("there is no \(what)", remedy: ""))
    }
}
