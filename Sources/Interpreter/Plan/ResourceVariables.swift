import Problems
import TFLiteFormat
import Tensors

/// The variables that the operators of a subgraph name with VAR_HANDLE.
///
/// The tensor of the first handle of a name holds the variable's elements in the session's memory, as bytes, and one byte
/// behind them that tells whether they were set.
struct ResourceVariables {
    /// The tensor of each variable.
    private(set) var tensors: [String: Int] = [:]
    private var first: [Int: Int] = [:]
    private var types: [Int: Plan.PlannedType] = [:]

    /// The variables of a subgraph, each of the size with which it is read or set.
    init(_ model: TFLiteModel, _ graph: TFLiteSubgraph, _ budget: MemoryBudget) throws {
        for node in graph.operators {
            let builtin = model.operatorCodes[node.opcodeIndex].builtin
            if case .varHandle(let options) = node.options, let handle = node.outputs.first,
                handle >= 0, graph.tensors[handle].type == .resource
            {
                let name = "\(options.container)/\(options.sharedName)"
                first[handle] = tensors[name] ?? handle
                tensors[name] = first[handle]
            }
            let value: Int?
            switch builtin {
            case .readVariable: value = node.outputs.first
            case .assignVariable: value = node.inputs.dropFirst().first
            default: value = nil
            }
            guard let value, value >= 0, let handle = node.inputs.first,
                let variable = first[handle], types[variable] == nil
            else { continue }
            let tensor = graph.tensors[value]
            guard let dtype = tensor.type.dtype, dtype != .string else { continue }
            let size = try budget.byteCount(dtype, Shape(tensor.shape), tensor.name)
            types[variable] = Plan.PlannedType(dtype: .uint8, shape: [size + 1])
        }
    }

    /// The tensor that stands for a handle; any other tensor for itself.
    func tensor(for index: Int) -> Int { first[index] ?? index }

    /// The memory of a tensor that holds a variable; nil for all others.
    func type(of tensor: Int) -> Plan.PlannedType? { types[tensor] }

    /// What runs a subgraph that sets variables, where it is the first to do so; nil where it sets none of these.
    func initialization(by routine: Subroutine) throws -> Kernel? {
        let pairs = routine.plan.resources.compactMap {
            name, source -> (source: Int, target: Int)? in
            guard let target = tensors[name], types[target] == routine.plan.types[source] else {
                return nil
            }
            return (source, target)
        }
        guard !pairs.isEmpty else { return nil }
        let sizes = pairs.map { types[$0.target]?.byteCount ?? 0 }
        return { frame in
            let isSet = zip(pairs, sizes).allSatisfy { pair, size in
                frame.tensors[pair.target].load(fromByteOffset: size - 1, as: UInt8.self) != 0
            }
            guard !isSet else { return }
            let memory = try StagedMemory(routine.plan)
            try memory.run(threads: frame.threads)
            for pair in pairs {
                let bytes = memory.bytes(pair.source)
                guard let base = bytes.baseAddress else { continue }
                frame.tensors[pair.target].copyMemory(from: base, byteCount: bytes.count)
            }
        }
    }
}
