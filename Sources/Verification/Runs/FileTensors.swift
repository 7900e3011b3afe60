import Tensors

/// The tensors that the operators of a file made in one run.
struct FileTensors {
    /// Their names in running order.
    private(set) var names: [String] = []
    private var tensors: [String: Tensor] = [:]

    /// The tensor with a name.
    subscript(_ name: String) -> Tensor? { tensors[name] }

    /// Adds what an operator made.
    mutating func add(_ name: String, _ tensor: Tensor) {
        if tensors.updateValue(tensor, forKey: name) == nil { names.append(name) }
    }
}
