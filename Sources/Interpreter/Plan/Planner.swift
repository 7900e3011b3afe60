import Foundations
import Planning
import Problems
import TFLiteFormat
import Tensors

/// Makes the plan of a subgraph: prepares its operators one after the other and lays out its tensors.
///
/// What follows from constants and shapes alone is computed here, so that shapes that a file computes are known too. A
/// plan is a stage: it ends before an operator whose output shapes follow from elements that only a run knows, and after
/// one that has to run before the types of its outputs are known. The rest of the operators is the next stage.
struct Planner {
    private let model: TFLiteModel
    private let subgraph: Int
    private let graph: TFLiteSubgraph
    private let weights: PackedConstants
    private let variables: VariableTable
    /// How many operators this subgraph is inside of.
    private let depth: Int
    private let inputShapes: [Shape]

    private var budget: MemoryBudget
    private var constants: ConstantLoader
    private var tensors: TensorTable
    private var steps: [Step] = []
    private var readVariables: Set<TensorIndex> = []
    private var hasEffects = false
    /// The steps of the operators of this stage, for a budget.
    private var work = 0
    /// The outputs of the dynamic operator that ran before this stage.
    private var dynamicOutputs: [TensorIndex] = []

    /// The plan of a subgraph for inputs of the given shapes.
    ///
    /// - Parameter weights: what other plans of the model have packed.
    /// - Throws: `Problem.Kind.unsupportedOperator`, `malformed`, `invalidShape`, or `tooLarge` if more memory than
    ///   `memoryLimit` would be needed.
    static func plan(
        _ model: TFLiteModel, subgraph: Int = 0, inputShapes: [Shape], memoryLimit: Int,
        weights: PackedConstants, depth: Int = 0, variables: VariableTable = VariableTable()
    ) throws -> Plan {
        var planner = Planner(
            model, subgraph, inputShapes, MemoryBudget(memoryLimit), weights, depth, variables)
        try planner.typeTensors()
        return try planner.planStage(from: 0)
    }

    private init(
        _ model: TFLiteModel, _ subgraph: Int, _ inputShapes: [Shape], _ budget: MemoryBudget,
        _ weights: PackedConstants, _ depth: Int, _ variables: VariableTable
    ) {
        self.model = model
        self.subgraph = subgraph
        self.inputShapes = inputShapes
        self.budget = budget
        self.weights = weights
        self.depth = depth
        self.variables = variables
        graph = model.subgraphs[subgraph]
        constants = ConstantLoader(model, subgraph: subgraph, weights: weights)
        tensors = TensorTable(count: graph.tensors.count)
    }

    /// Notes the types of inputs, variables and constants, and the elements of the latter.
    private mutating func typeTensors() throws {
        for (tensor, shape) in zip(graph.inputs, inputShapes) {
            tensors.types[tensor] = try type(of: tensor, shape: shape)
        }
        for index in graph.tensorIndices where tensors.types[index] == nil {
            let tensor = graph[index]
            if tensor.isVariable {
                tensors.types[index] = try type(of: index, shape: Shape(tensor.shape))
            } else if let source = model.source(of: tensor),
                tensor.type.memoryType.map({ $0 != .string }) == true
            {
                let type = try type(of: index, shape: Shape(tensor.shape))
                tensors.types[index] = type
                tensors.known[index] = try constants.elements(of: index, type, in: source, &budget)
            }
        }
    }

    private func type(of index: TensorIndex, shape: Shape) throws -> Plan.PlannedType {
        let tensor = graph[index]
        guard let dtype = tensor.type.memoryType, dtype != .string else {
            throw unreadable(tensor)
        }
        let isComputed = tensors.known[index] == nil && model.source(of: tensor) == nil
        let limit = isComputed ? budget : MemoryBudget(Int.max >> 8)
        _ = try limit.byteCount(dtype, shape, tensor.name)
        return Plan.PlannedType(dtype: dtype, shape: shape)
    }

    /// The plan of the operators from a position on, as far as their shapes are known.
    private mutating func planStage(from start: Int) throws -> Plan {
        let end = try prepareOperators(from: start)
        let kept = try keptTensors(until: end)
        let layout = ArenaLayout(
            TensorLifetimes(
                steps: steps.map(\.memory), byteCounts: tensors.indices.map(tensors.byteCount),
                inputs: (graph.inputs + dynamicOutputs).positions, outputs: kept.positions,
                variables: fileVariables.positions))
        try budget.take(layout.byteCount, for: "the memory for tensors")
        return Plan(
            inputShapes: inputShapes, steps: steps, kept: kept, types: tensors.types,
            locations: tensors.types.map { index in
                tensors.known[index].map { .known($0) } ?? layout.offsets[index.position].map {
                    .arena($0)
                }
                    ?? (tensors.isEarlier[index] ? .earlier : .nowhere)
            }, layout: layout, resetBytes: resetBytes, work: work, hasEffects: hasEffects,
            next: end.map(nextStage))
    }

    /// The byte that all bytes of a variable are set to, for those that are not set to 0.
    ///
    /// It is the zero point of 8-bit integers, as in LiteRT.
    private var resetBytes: [TensorIndex: UInt8] {
        var bytes: [TensorIndex: UInt8] = [:]
        for index in fileVariables where graph[index].type == .int8 && graph[index].isQuantized {
            let zeroPoint = graph[index].quantization?.zeroPoint.first ?? 0
            if zeroPoint != 0 { bytes[index] = UInt8(truncatingIfNeeded: zeroPoint) }
        }
        return bytes
    }

    /// The tensors that the file flags as variable.
    private var fileVariables: [TensorIndex] { graph.tensorIndices.filter { graph[$0].isVariable } }

    /// What the next stage waits for.
    private enum StageEnd {
        /// The operator at a position needs the elements of a tensor to be prepared.
        case elements(position: Int, tensor: TensorIndex)
        /// An operator has to run.
        case dynamic(Step, DynamicOperatorFunction)

        /// The first operator that is not in the stage.
        var position: Int {
            switch self {
            case .elements(let position, _): position
            case .dynamic(let step, _): step.position
            }
        }
    }

    private func nextStage(after end: StageEnd) -> Plan.NextStage {
        var planner = self
        planner.steps = []
        planner.work = 0
        planner.dynamicOutputs = []
        planner.tensors.beginStage()
        planner.readVariables.formUnion(fileVariables)
        switch end {
        case .elements(let position, let tensor):
            return .elements(of: tensor) { [planner] elements in
                var planner = planner
                planner.tensors.known[tensor] = elements
                return try planner.planStage(from: position)
            }
        case .dynamic(let step, let run):
            return .dynamic(step, run: run) { [planner] types in
                var planner = planner
                try planner.adopt(types, as: step)
                return try planner.planStage(from: step.position + 1)
            }
        }
    }

    /// Takes over the types that the outputs of a dynamic operator had in the run.
    private mutating func adopt(_ types: [Plan.PlannedType], as step: Step) throws {
        guard types.count == step.outputs.count else {
            throw malformed(step.position, "a subgraph gives \(types.count) results")
        }
        for (tensor, type) in zip(step.outputs, types) {
            tensors.types[tensor] = try self.type(of: tensor, shape: type.shape)
            guard tensors.types[tensor] == type else {
                throw malformed(
                    step.position, "'\(graph[tensor].name)' got \(type.dtype.rawValue)")
            }
        }
        dynamicOutputs = step.outputs
    }

    /// Prepares the operators from a position on, as far as their shapes are known.
    private mutating func prepareOperators(from start: Int) throws -> StageEnd? {
        for position in start..<graph.operators.count {
            let node = graph.operators[position]
            let inputs = try constants.dequantizing(
                try operands(of: node, position), of: node, &tensors, &budget)
            readVariables.formUnion(node.inputs.filter { !$0.isAbsent && graph[$0].isVariable })
            let prepared: PreparedOperator
            do {
                prepared = try preparation(of: node, inputs).prepare()
            } catch let unknown as UnknownElements {
                return .elements(position: position, tensor: unknown.tensor)
            } catch let problem as Problem {
                throw problem.inLayer(name(of: node))
            }
            switch prepared.execution {
            case .known(let run): try add(prepared, run, inputs, position)
            case .dynamic(let run):
                return .dynamic(
                    try dynamicStep(position, inputs.compactMap { $0?.tensor }), run)
            }
        }
        return nil
    }

    /// The name of an operator's first output, which files name by layers.
    private func name(of node: TFLiteOperator) -> String {
        node.outputs.first { !$0.isAbsent }.map { graph[$0].name } ?? ""
    }

    private func preparation(of node: TFLiteOperator, _ inputs: [Operand?]) -> OperatorPreparation {
        OperatorPreparation(
            code: model[node.opcodeIndex], options: node.options,
            secondOptions: node.secondOptions, inputs: inputs,
            outputs: node.outputs.map { $0.isAbsent ? nil : ($0, graph[$0]) },
            intermediates: node.intermediates.map { $0.isAbsent ? nil : graph[$0] },
            budget: budget,
            subgraphs: SubgraphPlanner(
                model: model, index: subgraph, weights: weights, variables: variables,
                memoryLimit: budget.remaining, depth: depth))
    }

    /// Adds the step of an operator, or its results if they are constants.
    private mutating func add(
        _ prepared: PreparedOperator, _ run: @escaping OperatorFunction, _ operands: [Operand?],
        _ position: Int
    ) throws {
        let node = graph.operators[position]
        let name = model[node.opcodeIndex].builtin
        let outputs = prepared.outputs
        let inputs = operands.compactMap { $0 }
        let work = OperatorSteps(name, node.options?.table, operands, outputs).count
        for output in outputs {
            try checkUnwritten(output, position)
            tensors.types[output.tensor] = Plan.PlannedType(
                dtype: output.dtype, shape: output.shape)
        }
        hasEffects = hasEffects || prepared.hasEffects
        if !outputs.contains(where: { graph[$0.tensor].isVariable }),
            let elements = try ConstantFolder.elements(
                of: prepared, name, inputs: inputs, work: work,
                tensorCount: tensors.types.values.count, &budget)
        {
            for (output, elements) in zip(outputs, elements) {
                tensors.known[output.tensor] = elements
            }
            return
        }
        self.work = saturatingSum(self.work, work)
        let isEmpty = !prepared.hasEffects && outputs.allSatisfy { $0.count == 0 }
        steps.append(
            Step(
                position: position, name: name,
                inputs: inputs.map(\.tensor), outputs: outputs.map(\.tensor),
                sharing: prepared.sharing, fusible: prepared.fusible,
                run: isEmpty ? Step.doNothing : run))
    }

    /// The step of an operator that runs between two stages.
    private mutating func dynamicStep(_ position: Int, _ inputs: [TensorIndex]) throws -> Step {
        let node = graph.operators[position]
        guard
            node.outputs.allSatisfy({
                !$0.isAbsent && tensors.types[$0] == nil && !graph[$0].isVariable
            }), Set(node.outputs).count == node.outputs.count
        else { throw malformed(position, "an output has its elements already") }
        hasEffects = true
        return Step(
            position: position, name: model[node.opcodeIndex].builtin,
            inputs: inputs, outputs: node.outputs, sharing: .none, fusible: nil,
            run: Step.doNothing)
    }

    private func operands(of node: TFLiteOperator, _ position: Int) throws -> [Operand?] {
        try node.inputs.map { index in
            guard !index.isAbsent else { return nil }
            let tensor = graph[index]
            guard let type = tensors.types[index] else {
                if tensor.type.memoryType.map({ $0 == .string }) ?? true {
                    throw unreadable(tensor)
                }
                throw malformed(position, "tensor '\(tensor.name)' is read before it is written")
            }
            return Operand(
                tensor: index, dtype: type.dtype, shape: type.shape, known: tensors.known[index],
                quantization: tensor.isQuantized ? tensor.quantization : nil)
        }
    }

    /// Only variables can be written twice, and not in another size once they have been read.
    private func checkUnwritten(_ output: Operand, _ position: Int) throws {
        guard let type = tensors.types[output.tensor] else { return }
        let tensor = graph[output.tensor]
        guard tensor.isVariable,
            type.shape == output.shape || !readVariables.contains(output.tensor)
        else { throw malformed(position, "tensor '\(tensor.name)' has its elements already") }
    }

    /// The tensors that stay to the end: the outputs and what operators of later stages read.
    private func keptTensors(until end: StageEnd?) throws -> [TensorIndex] {
        if let end {
            let later = graph.operators[end.position...].flatMap(\.inputs)
            return graph.outputs + later.filter { !$0.isAbsent }
        }
        if let missing = graph.outputs.first(where: { tensors.types[$0] == nil }) {
            throw Problem(
                .malformed(
                    what: "model", reason: "nothing makes output '\(graph[missing].name)'"))
        }
        return graph.outputs
    }

    private func malformed(_ position: Int, _ reason: String) -> Problem {
        let name = model.name(of: graph.operators[position])
        return Problem(.malformed(what: "operator \(position) (\(name))", reason: reason))
    }

    /// The problem of a tensor whose elements this interpreter cannot hold.
    private func unreadable(_ tensor: TFLiteTensor) -> Problem {
        Problem(
            .unsupportedTensor(name: tensor.name, elementType: tensor.type.schemaName))
    }
}
