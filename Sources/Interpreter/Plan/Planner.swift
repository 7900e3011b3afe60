import Problems
import TFLiteFormat
import Tensors

/// Makes the plan of a subgraph: prepares its operators one after the other and lays out its tensors.
///
/// What follows from constants and shapes alone is computed here, so that shapes that a file computes are known too.
/// Where a shape follows from elements that only a run knows, the plan ends before the operator that needs them; where only
/// running an operator tells the types of its results, the plan ends there too.
struct Planner {
    private let model: TFLiteModel
    let graph: TFLiteSubgraph
    var budget: MemoryBudget
    var types: [Plan.PlannedType?]
    var known: [KnownElements?]
    private var steps: [Step] = []
    private var readVariables: Set<Int> = []
    private let weights: PackedConstants
    private let subgraph: Int
    /// Whether a tensor lies in the memory of the plan before.
    var isEarlier: [Bool]
    private var hasEffects = false
    private let variables: VariableTable
    /// For quantized constants the tensors, behind those of the file, that hold them as floats.
    var widenedTensors: [Int: Int] = [:]
    /// How many operators this subgraph is inside of.
    private let depth: Int
    /// What the operator before made by itself.
    private var made: [Int] = []

    /// The plan of a subgraph for inputs of the given shapes.
    ///
    /// - Parameter weights: what other plans of the model have packed.
    /// - Throws: `Problem.Kind.unsupportedOperator`, `malformed`, `invalidShape`, or `tooLarge` where more memory than
    ///   `memoryLimit` would be needed.
    static func plan(
        _ model: TFLiteModel, subgraph: Int = 0, inputShapes: [Shape], memoryLimit: Int,
        weights: PackedConstants, depth: Int = 0, variables: VariableTable = VariableTable()
    ) throws -> Plan {
        var planner = try Planner(
            model, subgraph, inputShapes, MemoryBudget(memoryLimit), weights, depth,
            variables)
        return try planner.plan(from: 0, inputShapes)
    }

    /// The plan of the operators from a position on.
    private mutating func plan(from start: Int, _ inputShapes: [Shape]) throws -> Plan {
        let pause = try prepareOperators(from: start)
        let kept = try keptTensors(until: pause)
        let layout = try layout(keeping: kept)
        let rest = pause.map { continuation(after: $0, inputShapes) }
        return finish(inputShapes, layout, keeping: kept, rest)
    }

    /// The operator where planning ends, for want of the elements of a tensor or of the types of its results.
    private enum Pause {
        case elements(position: Int, tensor: Int)
        case results(Step, ResultMaker)

        var position: Int {
            switch self {
            case .elements(let position, _): position
            case .results(let step, _): step.position
            }
        }
    }

    private func continuation(after pause: Pause, _ inputShapes: [Shape]) -> Plan.Continuation {
        var next = self
        next.steps = []
        next.made = []
        next.isEarlier = types.indices.map { types[$0] != nil && known[$0] == nil }
        next.readVariables.formUnion(graph.tensors.indices.filter { graph.tensors[$0].isVariable })
        switch pause {
        case .elements(let position, let tensor):
            return .elements(of: tensor) { [next] elements in
                var planner = next
                planner.known[tensor] = elements
                return try planner.plan(from: position, inputShapes)
            }
        case .results(let step, let make):
            return .results(of: step, make: make) { [next] types in
                var planner = next
                try planner.adopt(types, as: step)
                return try planner.plan(from: step.position + 1, inputShapes)
            }
        }
    }

    /// Takes the types that the results of an operator had in the run.
    private mutating func adopt(_ types: [Plan.PlannedType], as step: Step) throws {
        guard types.count == step.outputs.count else {
            throw malformed(step.position, "a subgraph gives \(types.count) results")
        }
        for (tensor, type) in zip(step.outputs, types) {
            self.types[tensor] = try self.type(of: tensor, shape: type.shape)
            guard self.types[tensor] == type else {
                throw malformed(
                    step.position, "'\(graph.tensors[tensor].name)' got \(type.dtype.rawValue)")
            }
        }
        made = step.outputs
    }

    private func malformed(_ position: Int, _ reason: String) -> Problem {
        let name = model.name(of: graph.operators[position])
        return Problem(.malformed(what: "operator \(position) (\(name))", reason: reason))
    }

    private init(
        _ model: TFLiteModel, _ subgraph: Int, _ inputShapes: [Shape], _ budget: MemoryBudget,
        _ weights: PackedConstants, _ depth: Int, _ variables: VariableTable
    ) throws {
        self.model = model
        self.subgraph = subgraph
        self.weights = weights
        self.variables = variables
        self.depth = depth
        graph = model.subgraphs[subgraph]
        self.budget = budget
        types = Array(repeating: nil, count: graph.tensors.count)
        known = Array(repeating: nil, count: graph.tensors.count)
        isEarlier = Array(repeating: false, count: graph.tensors.count)
        for (tensor, shape) in zip(graph.inputs, inputShapes) {
            types[tensor] = try type(of: tensor, shape: shape)
        }
        for (index, tensor) in graph.tensors.enumerated() where types[index] == nil {
            if tensor.isVariable {
                types[index] = try type(of: index, shape: Shape(tensor.shape))
            } else if let source = model.buffers[tensor.buffer].source, tensor.buffer != 0,
                tensor.type.dtype.map({ $0 != .string }) == true
            {
                types[index] = try type(of: index, shape: Shape(tensor.shape))
                known[index] = try constant(source, index)
            }
        }
    }

    private func type(of index: Int, shape: Shape) throws -> Plan.PlannedType {
        let tensor = graph.tensors[index]
        guard let dtype = tensor.type.dtype, dtype != .string else {
            throw Problem(
                .unsupportedOperator(
                    name: "of tensor '\(tensor.name)'",
                    reason: "elements of type \(tensor.type.schemaName)"))
        }
        if known[index] == nil, model.buffers[tensor.buffer].source == nil {
            _ = try budget.byteCount(dtype, shape, tensor.name)
        } else {
            _ = try MemoryBudget(Int.max >> 8).byteCount(dtype, shape, tensor.name)
        }
        return Plan.PlannedType(dtype: dtype, shape: shape)
    }

    /// The elements of a constant, in the file where they are aligned, else in a copy.
    private mutating func constant(
        _ source: any BufferSource, _ index: Int
    ) throws -> KnownElements? {
        guard let type = types[index] else { return nil }
        let count = type.byteCount
        if let sparsity = graph.tensors[index].sparsity {
            return try widened(source, index, type, sparsity)
        }
        let packed = weights.packed(subgraph: subgraph, tensor: index)
        if let bytes = source.contiguousBytes, bytes.count >= count, let base = bytes.baseAddress,
            UInt(bitPattern: base) % UInt(type.dtype.byteCount) == 0
        {
            return KnownElements(
                UnsafeRawBufferPointer(start: base, count: count), owner: source, packed: packed)
        }
        guard source.byteCount >= count else {
            throw Problem(.truncated(what: "tensor '\(graph.tensors[index].name)'"))
        }
        let storage = TensorStorage(byteCount: source.byteCount)
        try source.fill(storage.mutableBytes, from: 0)
        return KnownElements(
            UnsafeRawBufferPointer(rebasing: storage.mutableBytes[..<count]), owner: storage,
            packed: packed)
    }

    /// The elements of a sparse constant with the zeros between them.
    private mutating func widened(
        _ source: any BufferSource, _ index: Int, _ type: Plan.PlannedType,
        _ sparsity: TFLiteSparsity
    ) throws -> KnownElements {
        let name = graph.tensors[index].name
        _ = try budget.byteCount(type.dtype, type.shape, name)
        try budget.take(type.byteCount, for: "the sparse tensor '\(name)'")
        let size = type.dtype.byteCount
        let elements = try SparseElements(
            sparsity, shape: type.shape, elementSize: size,
            storedCount: source.byteCount / max(size, 1), name: name)
        let stored = TensorStorage(byteCount: max(source.byteCount, 1))
        try source.fill(
            UnsafeMutableRawBufferPointer(rebasing: stored.mutableBytes[..<source.byteCount]),
            from: 0)
        return elements.dense(UnsafeRawBufferPointer(stored.mutableBytes))
    }

    /// Prepares the operators from a position on, as far as their shapes are known.
    private mutating func prepareOperators(from start: Int) throws -> Pause? {
        for position in start..<graph.operators.count {
            let node = graph.operators[position]
            let code = model.operatorCodes[node.opcodeIndex]
            var preparation = OperatorPreparation(
                code: code, options: node.options, secondOptions: node.secondOptions,
                inputs: try widening(try operands(of: node, position), of: code.builtin, node),
                outputs: node.outputs.map { $0 < 0 ? nil : ($0, graph.tensors[$0]) },
                budget: budget,
                subgraphs: SubgraphPlanner(
                    model: model, index: subgraph, weights: weights, variables: variables,
                    memoryLimit: budget.remaining, depth: depth))
            readVariables.formUnion(node.inputs.filter { $0 >= 0 && graph.tensors[$0].isVariable })
            let kernel: Kernel
            do {
                kernel = try preparation.prepare()
            } catch let needed as ElementsNeeded {
                return .elements(position: position, tensor: needed.tensor)
            } catch let needed as RunNeeded {
                return .results(
                    try lonelyStep(position, preparation.inputs.compactMap { $0?.tensor }),
                    needed.make)
            }
            let results = preparation.results.compactMap { $0 }
            for result in results {
                try checkUnmade(result, position)
                types[result.tensor] = Plan.PlannedType(dtype: result.dtype, shape: result.shape)
            }
            if preparation.hasEffects {
                hasEffects = true
            } else if try fold(preparation, results, kernel) {
                continue
            }
            let nothing: Kernel = { _ in }
            let isEmpty =
                !preparation.hasEffects && results.allSatisfy { $0.count == 0 }
            steps.append(
                Step(
                    position: position, name: code.builtin,
                    inputs: preparation.inputs.compactMap { $0?.tensor },
                    outputs: results.map(\.tensor), sharing: preparation.sharing,
                    kernel: isEmpty ? nothing : kernel))
        }
        return nil
    }

    /// The step of an operator that runs between two plans.
    private mutating func lonelyStep(_ position: Int, _ inputs: [Int]) throws -> Step {
        let node = graph.operators[position]
        guard
            node.outputs.allSatisfy({
                $0 >= 0 && types[$0] == nil && !graph.tensors[$0].isVariable
            }), Set(node.outputs).count == node.outputs.count
        else { throw malformed(position, "an output has its elements already") }
        hasEffects = true
        return Step(
            position: position, name: model.operatorCodes[node.opcodeIndex].builtin,
            inputs: inputs, outputs: node.outputs, sharing: .none
        ) { _ in }
    }

    private func operands(of node: TFLiteOperator, _ position: Int) throws -> [Operand?] {
        try node.inputs.map { index in
            guard index >= 0 else { return nil }
            guard let type = types[index] else {
                try requireReadable(graph.tensors[index])
                throw Problem(
                    .malformed(
                        what: "operator \(position) (\(model.name(of: node)))",
                        reason: "tensor '\(graph.tensors[index].name)' is read before it is made"))
            }
            let quantization = graph.tensors[index].isQuantized
            return Operand(
                tensor: index, dtype: type.dtype, shape: type.shape, known: known[index],
                quantization: quantization ? graph.tensors[index].quantization : nil)
        }
    }

    /// Throws where the elements of a constant cannot be read.
    private func requireReadable(_ tensor: TFLiteTensor) throws {
        guard tensor.type.dtype.map({ $0 == .string }) ?? true else { return }
        throw Problem(
            .unsupportedOperator(
                name: "of tensor '\(tensor.name)'",
                reason: "elements of type \(tensor.type.schemaName)"))
    }

    /// Only variables can be written twice, and not in another size once they have been read.
    private func checkUnmade(_ result: Operand, _ position: Int) throws {
        guard let type = types[result.tensor] else { return }
        let tensor = graph.tensors[result.tensor]
        guard tensor.isVariable,
            type.shape == result.shape || !readVariables.contains(result.tensor)
        else {
            throw Problem(
                .malformed(
                    what: "operator \(position)",
                    reason: "tensor '\(tensor.name)' has its elements already"))
        }
    }

    /// Computes an operator whose result follows from constants and shapes; false where it does not.
    ///
    /// What would grow the constants much is left to the run.
    private mutating func fold(
        _ preparation: OperatorPreparation, _ results: [Operand], _ kernel: Kernel
    ) throws -> Bool {
        let inputs = preparation.inputs.compactMap { $0 }
        guard !preparation.dependsOnElements || inputs.allSatisfy({ $0.known != nil }),
            !results.contains(where: { graph.tensors[$0.tensor].isVariable }), !results.isEmpty
        else { return false }
        let size = results.reduce(0) { $0 + $1.count * $1.elementSize }
        let source = inputs.reduce(0) { $0 + ($1.known?.bytes.count ?? 0) }
        guard size <= max(1 << 16, 4 * source) else { return false }
        try budget.take(size, for: "a constant of \(preparation.code.builtin)")
        let filler = TensorStorage(byteCount: 16)
        var pointers = Array(
            repeating: filler.mutableBytes.baseAddress, count: types.count)
        for input in inputs {
            pointers[input.tensor] =
                input.known?.bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
                ?? pointers[input.tensor]
        }
        for result in results {
            let storage = TensorStorage(byteCount: max(result.count * result.elementSize, 1))
            known[result.tensor] = KnownElements(
                UnsafeRawBufferPointer(
                    rebasing: storage.mutableBytes[..<(result.count * result.elementSize)]),
                owner: storage)
            pointers[result.tensor] = storage.mutableBytes.baseAddress
        }
        if size > 0 {
            try pointers.compactMap { $0 }.withUnsafeBufferPointer { table in
                guard let tensors = table.baseAddress, table.count == types.count else {
                    return
                }
                try kernel(
                    Frame(
                        tensors: tensors, threads: 1, variables: VariableStore(),
                        subroutines: SubroutineMemories()))
            }
        }
        withExtendedLifetime((inputs, filler)) {}
        return true
    }

    /// The tensors that stay to the end: the outputs and what operators after a pause read.
    private func keptTensors(until pause: Pause?) throws -> [Int] {
        if let pause {
            let later = graph.operators[pause.position...].flatMap(\.inputs)
            return graph.outputs + later.filter { $0 >= 0 }
        }
        if let missing = graph.outputs.first(where: { types[$0] == nil }) {
            throw Problem(
                .malformed(
                    what: "model", reason: "nothing makes output '\(graph.tensors[missing].name)'"))
        }
        return graph.outputs
    }

    /// Lays out the tensors of the steps.
    private mutating func layout(keeping kept: [Int]) throws -> ArenaLayout {
        let layout = ArenaLayout(
            steps: steps,
            byteCounts: types.indices.map {
                known[$0] == nil && !isEarlier[$0] ? types[$0]?.byteCount : nil
            },
            inputs: graph.inputs + made, outputs: kept,
            variables: graph.tensors.indices.filter { graph.tensors[$0].isVariable })
        try budget.take(layout.byteCount, for: "the memory for tensors")
        return layout
    }

    private func finish(
        _ inputShapes: [Shape], _ layout: ArenaLayout, keeping kept: [Int],
        _ rest: Plan.Continuation?
    ) -> Plan {
        let locations = types.indices.map { index in
            known[index].map { Plan.Location.known($0) }
                ?? layout.offsets[index].map { .arena($0) }
                ?? (isEarlier[index] ? .earlier : .nowhere)
        }
        let schedule = Plan.schedule(steps, types: types, kept: kept) { step in
            let options = graph.operators[step.position].options?.as(MulOptions.self)
            return options.map { $0.activation == .none } ?? true
        }
        return Plan(
            inputShapes: inputShapes, steps: steps, schedule: schedule, types: types,
            locations: locations, arenaByteCount: layout.byteCount,
            variableByteCount: layout.variableByteCount,
            hasEffects: hasEffects, rest: rest)
    }
}
