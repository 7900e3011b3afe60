import GraphIR
import Tensors

extension Graph {
    /// Adds a value that takes over the name of another one and holds it in another storage.
    mutating func addOutlet(of id: ValueID, as storage: Storage) -> ValueID {
        let value = self[id]
        let new = addValue(value.type, name: value.name, layer: value.layer)
        setStorage(new, storage)
        rename(id, to: "\(value.name)/\(value.storage.dtype?.rawValue ?? "real")")
        addNode(
            ChangeStorage().op, inputs: [id], outputs: [new],
            layer: value.layer ?? producer(of: id)?.layer ?? value.name, createdBy: "quantization")
        return new
    }

    /// Lets stored values leave the graph as real numbers: as outputs, and for the next run.
    mutating func expressOutputs() {
        for (index, port) in outputs.enumerated()
        where self[port.value].storage != .expressed && !isConstant(port.value) {
            setOutput(index, to: addOutlet(of: port.value, as: .expressed))
        }
        expressStates()
    }

    /// Keeps stored values for the next run as real numbers.
    mutating func expressStates() {
        for (index, state) in states.enumerated() where self[state.output].storage != .expressed {
            setState(index, to: addOutlet(of: state.output, as: .expressed))
        }
    }
}
