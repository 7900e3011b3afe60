import GraphIR
import TFLiteFormat
import Targets
import Tensors

/// One operator of a file that does what several nodes of the graph do.
struct OperatorGroup {
    /// An input of the operator.
    enum Operand {
        case value(ValueID)
        /// An optional input that is not there.
        case absent
        /// A constant vector.
        case integers([Int], role: String)
        /// A constant scalar.
        case integer(Int, role: String)
    }

    /// The nodes whose work the operator does.
    let members: [NodeID]
    /// Further nodes whose results it does not read, so that they are not needed if nothing else does.
    var bypassed: [NodeID] = []
    /// Whether the operator stands in the place of the first of its nodes, not of the last.
    var standsFirst = false
    let builtin: BuiltinOperator
    let inputs: [Operand]
    let outputs: [ValueID]
    /// Nil for an operator without options.
    var options: (any OptionsTable)?
}

/// The groups of a graph that a target has an operator for.
struct OperatorGroups {
    private var groups: [NodeID: OperatorGroup] = [:]
    private var members: Set<NodeID> = []

    /// Finds groups; a node belongs to one of them at most.
    init(_ graph: Graph, for target: Target) {
        let nodes = graph.nodes
        let order = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
        var finders = [
            Graph.splitGroup, Graph.stackGroup, Graph.stridedGroup, Graph.boundedGroup,
            Graph.bucketGroup, Graph.updateGroup, Graph.segmentGroup,
        ]
        if target[.fullyConnected]?.flattensInput == true { finders.append(Graph.flattenGroup) }
        var bypasses: [NodeID: Int] = [:]
        for find in finders {
            // Later nodes first, so that a chain is seen from its end.
            for node in nodes.reversed() where !members.contains(node.id) {
                guard let group = find(graph)(node), members.isDisjoint(with: group.members),
                    target.objection(to: group.use(in: graph)) == nil
                else { continue }
                let places = group.members.sorted { order[$0, default: 0] < order[$1, default: 0] }
                guard let place = group.standsFirst ? places.first : places.last else { continue }
                groups[place] = group
                members.formUnion(group.members)
                for id in group.bypassed { bypasses[id, default: 0] += 1 }
            }
        }
        for (id, count) in bypasses {
            guard let node = graph.node(id), graph.useCount(of: node.output) == count else {
                continue
            }
            members.insert(id)
        }
    }

    /// The group whose operator stands in the place of a node.
    func group(at node: Node) -> OperatorGroup? { groups[node.id] }

    /// Whether an operator of another place does the work of a node.
    func coversElsewhere(_ node: Node) -> Bool {
        members.contains(node.id) && groups[node.id] == nil
    }
}

extension OperatorGroup {
    /// The operator as a target looks at it.
    fileprivate func use(in graph: Graph) -> OperatorUse {
        let inputs = inputs.map { $0.tensor(in: graph) }
        let outputs = outputs.compactMap { Operand.value($0).tensor(in: graph) }
        let version = OperatorVersion.lowest(
            for: builtin, inputs: inputs, outputs: outputs, options: options)
        return OperatorUse(
            builtin, version: version, inputs: inputs, outputs: outputs, options: options)
    }
}

extension OperatorGroup.Operand {
    /// A tensor of this type that is part of no file.
    fileprivate func tensor(in graph: Graph) -> TFLiteTensor? {
        switch self {
        case .absent: return nil
        case .value(let id):
            let value = graph[id]
            return TFLiteTensor(
                name: value.name, shape: value.shape,
                type: TFLiteTensorType(value.storage) ?? TFLiteTensorType(value.dtype),
                buffer: value.constant == nil ? .none : BufferIndex(1),
                quantization: TFLiteQuantization(value.storage))
        case .integers(let values, let role): return Self.constant([values.count], role)
        case .integer(_, let role): return Self.constant(.scalar, role)
        }
    }

    private static func constant(_ shape: Shape, _ role: String) -> TFLiteTensor {
        TFLiteTensor(name: role, shape: shape, type: .int32, buffer: BufferIndex(1))
    }
}
