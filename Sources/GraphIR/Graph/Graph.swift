import Foundations
import Problems
import Tensors

/// A dataflow graph: values connected by operations, in an order in which they can run.
///
/// Invariants, checked by `verify()`: each value has at most one producer; a node's inputs are made before it; the types
/// of a node's outputs are those its operation infers; constants have the type of their value.
package struct Graph: Sendable {
    /// The model's name.
    package var name: String
    /// The inputs, in the model's order.
    package private(set) var inputs: [Port] = []
    /// The outputs, in the model's order.
    ///
    /// A value can be several outputs, and an input can be an output.
    package private(set) var outputs: [Port] = []
    /// What is kept from one run to the next.
    package private(set) var states: [StatePort] = []

    package private(set) var values: [Value] = []
    private var slots: [Node?] = []
    private var order = NodeOrder()
    private var producers: [NodeID?] = []
    private var userLists: [[NodeID]] = []
    /// How often each value is an output or kept for the next run.
    private var portCounts: [ValueID: Int] = [:]
    /// The bytes of all constants that were ever added.
    package private(set) var constantByteCount = 0

    package init(name: String) {
        self.name = name
    }

    /// The nodes in running order.
    ///
    /// - Complexity: O(n), n being the number of nodes. Adding and removing a node take constant time, whatever n is.
    package var nodes: [Node] { order.ids.compactMap { slots[$0.index] } }

    /// The identities of the nodes in running order.
    ///
    /// - Complexity: O(n), n being the number of nodes.
    package var nodeIDs: [NodeID] { order.ids }

    /// The number of nodes.
    package var nodeCount: Int { order.count }

    /// The index that the next node to be added gets; those of present nodes are smaller.
    package var nextNodeIndex: Int { slots.count }

    /// The node with this identity, or nil if it has been removed.
    package func node(_ id: NodeID) -> Node? {
        slots.indices.contains(id.index) ? slots[id.index] : nil
    }

    package subscript(id: ValueID) -> Value { values[id.index] }

    /// The types of values.
    package func types(of ids: [ValueID]) -> [TensorType] { ids.map { values[$0.index].type } }

    /// How the inputs and then the outputs of a node are stored.
    package func storages(of node: Node) -> [Storage] {
        (node.inputs + node.outputs).map { values[$0.index].storage }
    }

    /// The node that makes a value; nil for inputs and constants.
    package func producer(of id: ValueID) -> Node? {
        producers[id.index].flatMap { slots[$0.index] }
    }

    /// The nodes that read a value, once for each input they read it through.
    package func users(of id: ValueID) -> [Node] {
        userLists[id.index].compactMap { slots[$0.index] }
    }

    /// How often a value is read: by nodes, as an output of the graph and for the next run.
    package func useCount(of id: ValueID) -> Int {
        userLists[id.index].count + (portCounts[id] ?? 0)
    }

    /// Whether nodes read a value through several inputs.
    package func hasSeveralReaders(_ id: ValueID) -> Bool { userLists[id.index].count > 1 }

    /// Whether the value leaves the graph: as an output or for the next run.
    package func isOutput(_ id: ValueID) -> Bool {
        portCounts[id, default: 0] > 0
    }

    /// The constant elements of a value, or nil if they are known only at run time.
    package func constant(_ id: ValueID) -> Constant? { values[id.index].constant }

    /// Whether the elements of a value are known before the graph runs.
    package func isConstant(_ id: ValueID) -> Bool { values[id.index].constant != nil }
}

extension Graph {
    /// Adds a value without a producer and returns it.
    package mutating func addValue(
        _ type: TensorType, name: String, constant: Constant? = nil, layer: String? = nil
    ) -> ValueID {
        let id = ValueID(values.count)
        constantByteCount = saturatingSum(constantByteCount, constant?.byteCount ?? 0)
        values.append(Value(id: id, type: type, name: name, constant: constant, layer: layer))
        producers.append(nil)
        userLists.append([])
        return id
    }

    /// Adds an input to the graph and returns its value.
    package mutating func addInput(_ type: TensorType, name: String, layer: String? = nil)
        -> ValueID
    {
        let id = addValue(type, name: name, layer: layer ?? name)
        inputs.append(Port(name: name, value: id))
        return id
    }

    /// Makes a value the next output of the graph.
    package mutating func addOutput(_ id: ValueID, name: String) {
        outputs.append(Port(name: name, value: id))
        portCounts[id, default: 0] += 1
    }

    /// Adds something that is kept between runs and returns what a run starts with.
    package mutating func addState(_ type: TensorType, name: String) -> ValueID {
        let id = addValue(type, name: name)
        states.append(StatePort(name: name, input: id, output: id))
        portCounts[id, default: 0] += 1
        return id
    }

    /// Lets a value leave the graph as an output instead of the one that does.
    package mutating func setOutput(_ index: Int, to value: ValueID) {
        portCounts[outputs[index].value, default: 0] -= 1
        portCounts[value, default: 0] += 1
        outputs[index].value = value
    }

    /// Lets the next run start with `value` instead of what this one started with.
    package mutating func setState(_ index: Int, to value: ValueID) {
        portCounts[states[index].output, default: 0] -= 1
        portCounts[value, default: 0] += 1
        states[index].output = value
    }

    /// Adds a node whose outputs have the given types, right before another node, or at the end if there is none.
    @discardableResult
    package mutating func addNode(
        _ op: Op, inputs: [ValueID], outputs: [ValueID], layer: String, createdBy: String? = nil,
        before successor: NodeID? = nil
    ) -> NodeID {
        let id = NodeID(slots.count)
        slots.append(
            Node(
                id: id, op: op, inputs: inputs, outputs: outputs, layer: layer,
                createdBy: createdBy))
        order.insert(id, before: successor.flatMap { node($0) }?.id)
        for output in outputs { producers[output.index] = id }
        for input in inputs { userLists[input.index].append(id) }
        return id
    }

    /// Gives a node another operation of the same inputs and outputs.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` if there is no such node.
    package mutating func setOp(_ op: Op, of id: NodeID) throws {
        guard let node = node(id) else {
            throw Problem(
                .invalidGraph("a node that is not there gets another operation", pass: nil))
        }
        slots[node.id.index] = node.with(op)
    }

    /// Lets a node read other values and, if one is given, do another operation; its outputs stay.
    package mutating func setInputs(_ inputs: [ValueID], of id: NodeID, op: Op? = nil) {
        guard let node = node(id) else { return }
        for input in node.inputs { removeUse(of: input, by: id) }
        for input in inputs { userLists[input.index].append(id) }
        slots[id.index] = Node(
            id: id, op: op ?? node.op, inputs: inputs, outputs: node.outputs, layer: node.layer,
            createdBy: node.createdBy)
    }

    /// Removes a node that nothing needs; one that has been removed stays so.
    package mutating func removeNode(_ id: NodeID) {
        guard let node = node(id) else { return }
        for input in node.inputs { removeUse(of: input, by: id) }
        for output in node.outputs { producers[output.index] = nil }
        slots[id.index] = nil
        order.remove(id)
    }

    /// Lets every reader of `old` read `new` instead; `new` takes over the name and the layer of `old`.
    package mutating func redirect(_ old: ValueID, to new: ValueID) {
        for user in userLists[old.index] {
            slots[user.index] = slots[user.index]?.reading(new, insteadOf: old)
            userLists[new.index].append(user)
        }
        userLists[old.index] = []
        if let count = portCounts.removeValue(forKey: old), count > 0 {
            portCounts[new, default: 0] += count
            for index in outputs.indices where outputs[index].value == old {
                outputs[index].value = new
            }
            for index in states.indices where states[index].output == old {
                states[index].output = new
            }
        }
        setTrainedRange(new, values[old.index].trainedRange)
        guard !inputs.contains(where: { $0.value == new }),
            !states.contains(where: { $0.input == new })
        else { return }
        if let layer = values[old.index].layer, values[new.index].constant == nil {
            let name = values[old.index].name
            values[new.index] = values[new.index].with(name: name, layer: layer)
        }
    }

    /// Removes `root` and then every node upstream of it whose outputs nothing reads any more.
    ///
    /// Returns the removed nodes.
    @discardableResult
    package mutating func removeDead(from root: NodeID) -> [Node] {
        var removed: [Node] = []
        var candidates = [root]
        while let id = candidates.popLast() {
            guard let node = slots[id.index],
                node.outputs.allSatisfy({ useCount(of: $0) == 0 })
            else { continue }
            candidates.append(contentsOf: node.inputs.compactMap { producers[$0.index] })
            removeNode(id)
            removed.append(node)
        }
        return removed
    }

    /// Gives an input other extents; the types of all other values follow.
    ///
    /// - Throws: `Problem` if an operation does not accept the new extents.
    package mutating func setInputShapes(_ shapes: [ValueID: Shape]) throws {
        for (id, shape) in shapes { setType(id, TensorType(self[id].dtype, shape)) }
        for node in nodes {
            let types = try locating(layer: node.layer) {
                try node.op.outputTypes(for: node.inputs.map { values[$0.index].type })
            }
            for (output, type) in zip(node.outputs, types) { setType(output, type) }
        }
    }

    /// Renames a value; the file's tensor gets this name.
    package mutating func rename(_ id: ValueID, to name: String) {
        values[id.index] = values[id.index].with(name: name)
    }

    /// Notes to which range a value was rounded in training; nil is not noted.
    package mutating func setTrainedRange(_ id: ValueID, _ range: TrainedRange?) {
        if let range { values[id.index] = values[id.index].with(trainedRange: range) }
    }

    /// Lets the elements of a value be stored in another form than its type.
    package mutating func setStorage(_ id: ValueID, _ storage: Storage) {
        values[id.index] = values[id.index].with(storage: storage)
    }

    /// Notes that a value is the output of a Keras layer.
    package mutating func setLayer(_ id: ValueID, _ layer: String) {
        values[id.index] = values[id.index].with(layer: layer)
    }

    private mutating func setType(_ id: ValueID, _ type: TensorType) {
        values[id.index] = values[id.index].with(type: type)
    }

    private mutating func removeUse(of value: ValueID, by node: NodeID) {
        if let position = userLists[value.index].firstIndex(of: node) {
            userLists[value.index].remove(at: position)
        }
    }
}
