import GraphIR
import Interpreter
import Tensors

/// Where the inputs and outputs of a model are in a file.
///
/// Other converters order them by names of their own.
struct PortOrder {
    /// For each input of the model its position in the file.
    let inputs: [Int]
    /// For each output of the model its position in the file.
    let outputs: [Int]

    /// The order by the names of the file's signature.
    ///
    /// They are those of the model, or end in numbers that count inputs and outputs (`args_0_2`, `output_1`). If shapes
    /// then do not fit, positions count.
    init(of graph: Graph, in file: LiteModel) {
        let signature = file.defaultSignature
        inputs = Self.order(
            of: graph.inputs, in: graph, names: signature?.inputs ?? [:], file.inputs)
        outputs = Self.order(
            of: graph.outputs, in: graph, names: signature?.outputs ?? [:], file.outputs)
    }

    private static func order(
        of ports: [Port], in graph: Graph, names: [String: Int],
        _ described: [LiteTensorDescription]
    ) -> [Int] {
        let positions = Array(ports.indices)
        let named = ports.compactMap { names[$0.name] }
        if Set(named).count == ports.count { return named }
        let counted = names.keys.sorted(by: precedes).compactMap { names[$0] }
        guard Set(counted).count == ports.count, counted.count == ports.count else {
            return positions
        }
        let fits = zip(ports, counted).allSatisfy { port, position in
            described.indices.contains(position)
                && accepts(described[position].shape, graph[port.value].type.shape.dims)
        }
        return fits ? counted : positions
    }

    /// Whether shapes are equal in the extents that both know.
    private static func accepts(_ a: [Int], _ b: [Int]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0 < 0 || $1 < 0 }
    }

    /// The order of names whose numbers count: `in2` before `in10`, `args_0` before `args_0_1`.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        let (left, right) = (parts(of: a), parts(of: b))
        for (x, y) in zip(left, right) where x != y {
            if let m = Int(x), let n = Int(y) { return m < n }
            return x < y
        }
        return left.count < right.count
    }

    /// A name, cut at the ends of runs of digits.
    private static func parts(of name: String) -> [String] {
        var parts: [String] = []
        for character in name {
            if let last = parts.last?.last, last.isNumber == character.isNumber {
                parts[parts.count - 1].append(character)
            } else {
                parts.append(String(character))
            }
        }
        return parts
    }
}
