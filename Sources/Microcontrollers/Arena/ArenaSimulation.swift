import TFLiteFormat

/// The allocations of the runtime when it loads a file, in their order.
struct ArenaSimulation {
    private(set) var ends = ArenaEnds()
    private(set) var plan: GreedyPlan
    /// Bytes to add for kernels whose arenas were not compared with the runtime.
    private(set) var margin = 0
    /// The bytes of the resource variables; nil for those that no operator of the file assigns.
    private(set) var variables: [VariableName: Int?] = [:]

    /// What a resource variable is known by.
    struct VariableName: Hashable {
        let container: String
        let name: String
    }

    private let model: TFLiteModel
    private let runtime: MicroRuntime
    private let uses: [[KernelUse]]
    private let memories: [[KernelMemory]]
    /// The most requests for scratch buffers that one kernel may make.
    private static let mostRequests = 12
    /// The bytes that the planner needs for one buffer.
    private static let planningByteCount = 40

    init(_ model: TFLiteModel, _ runtime: MicroRuntime) throws {
        self.model = model
        self.runtime = runtime
        uses = model.subgraphs.map { subgraph in
            subgraph.operators.map { KernelUse($0, in: subgraph, of: model, runtime) }
        }
        memories = uses.map { $0.map { $0.memory(runtime.kernels) } }
        let scratch = memories.map { $0.map(\.scratch) }
        plan = GreedyPlan(
            try BufferTimes(model, scratch: scratch).buffers,
            fixed: try OfflinePlan(of: model).offsets)
        listVariables()
        start()
        loadGraphs()
        prepareKernels()
        planMemory()
        describePorts()
        if !runtime.kernels.isMeasured { margin = (ends.needed / 50).roundedUp(to: 16) }
    }

    private var word: MicroWord { runtime.word }

    private var requestCount: Int { memories.joined().reduce(0) { $0 + $1.scratch.count } }

    private mutating func listVariables() {
        for use in uses.joined() {
            guard let options = use.options as? VarHandleOptions else { continue }
            let name = VariableName(container: options.container, name: options.sharedName)
            if variables[name] == nil { variables[name] = .some(nil) }
        }
    }

    private mutating func start() {
        ends.keep(runtime.isPackage ? word.recordingArenaAllocator : word.arenaAllocator)
        ends.keep(word.planner)
        ends.keep(runtime.isPackage ? word.recordingAllocator : word.allocator)
        if !variables.isEmpty {
            ends.keep(word.resourceVariables.byteCount)
            ends.keep((word.resourceVariable * variables.count).byteCount)
        }
        ends.keep(word.optionsAllocator)
        ends.release(head: (word.scratchRequest * Self.mostRequests).byteCount)
    }

    private mutating func loadGraphs() {
        ends.keep(word.subgraph(decompressing: runtime.isPackage) * model.subgraphs.count)
        for subgraph in model.subgraphs { ends.keep(word.evalTensor * subgraph.tensors.count) }
        for subgraph in model.subgraphs { ends.keep(word.node * subgraph.operators.count) }
        for memory in memories.joined() {
            if let options = memory.options { ends.keep(options) }
        }
        for memory in memories.joined() {
            if let initial = memory.initial { ends.keep(initial) }
        }
    }

    private mutating func prepareKernels() {
        var requests = 0
        for (index, subgraph) in model.subgraphs.enumerated() {
            var handles: [TensorIndex: VariableName] = [:]
            for (position, node) in subgraph.operators.enumerated() {
                let memory = memories[index][position]
                for tensor in memory.temporaries { describe(tensor) { ends.borrow($0) } }
                for size in memory.prepared { ends.keep(size) }
                assign(node, uses[index][position], &handles)
                requests += memory.scratch.count
                ends.release(
                    head: (word.scratchRequest * (requests + Self.mostRequests)).byteCount)
            }
        }
    }

    /// Allocates a resource variable at its first assignment.
    private mutating func assign(
        _ node: TFLiteOperator, _ use: KernelUse, _ handles: inout [TensorIndex: VariableName]
    ) {
        if let options = use.options as? VarHandleOptions, let output = node.outputs.first {
            handles[output] = VariableName(container: options.container, name: options.sharedName)
        }
        guard use.builtin == .assignVariable, let handle = node.inputs.first,
            let name = handles[handle], let size = use.input(1)?.microByteCount,
            variables[name] == .some(nil)
        else { return }
        variables[name] = size
        ends.keep(size)
    }

    private mutating func planMemory() {
        if requestCount > 0 { ends.keep(word.pointer * requestCount) }
        let tensors = model.subgraphs.reduce(0) { $0 + $1.tensors.count }
        ends.borrow(word.pointer * model.subgraphs.count)
        ends.borrow(word.allocationInfo * (tensors + requestCount))
        for tensor in model.subgraphs.lazy.flatMap(\.tensors) where tensor.isVariable {
            ends.keep(tensor.microByteCount ?? 0)
        }
        ends.plan(byteCount: Self.planningByteCount * plan.placedCount)
        ends.release(head: plan.byteCount)
    }

    private mutating func describePorts() {
        for ports in [model.subgraphs[0].inputs, model.subgraphs[0].outputs] {
            ends.keep((word.pointer * ports.count).byteCount)
            for port in ports { describe(model.subgraphs[0][port]) { ends.keep($0) } }
        }
    }

    /// Allocates the description of a tensor.
    private func describe(_ tensor: TFLiteTensor, _ allocate: (MemorySize) -> Void) {
        allocate(word.tensor)
        guard let quantization = tensor.quantization, !quantization.scale.isEmpty,
            !quantization.zeroPoint.isEmpty
        else { return }
        allocate(word.quantization)
        allocate(word.integers(quantization.scale.count))
    }
}
