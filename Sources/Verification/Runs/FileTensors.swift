import Tensors

/// The tensors that the operators of a file made in one run.
struct FileTensors {
    /// Their names in running order.
    private(set) var names: [String] = []
    private var tensors: [String: Tensor] = [:]
    private var ranges: [String: ClosedRange<Double>] = [:]

    /// The tensor with a name.
    subscript(_ name: String) -> Tensor? { tensors[name] }

    /// The real numbers that the integers reach as which a tensor is stored; nil for one of floats.
    func range(_ name: String) -> ClosedRange<Double>? { ranges[name] }

    /// Adds what an operator made.
    mutating func add(_ name: String, _ tensor: Tensor, _ range: ClosedRange<Double>?) {
        ranges[name] = range
        if tensors.updateValue(tensor, forKey: name) == nil { names.append(name) }
    }
}
