import GraphIR
import Problems
import Tensors
import Testing

/// Shape inference refuses what an operation cannot compute, each with a sentence, and never traps.
@Suite struct RejectionTests {
    /// The nodes of `EveryOperation` by the name of their first value.
    private let nodes: [String: Node]
    private let graph: Graph

    init() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        self.graph = graph
        nodes = Dictionary(uniqueKeysWithValues: graph.nodes.map { (graph[$0.output].name, $0) })
    }

    private static func types(_ text: String) throws -> [TensorType] {
        let lines = text.split(separator: " ").enumerated().map { "input x\($0): \($1)" }
        let graph = try Graph(parsing: lines.joined(separator: "\n"))
        return graph.inputs.map { graph[$0.value].type }
    }

    private func expectRefusal(_ op: Op, _ types: [TensorType], _ what: String) {
        let problem = #expect(throws: Problem.self, "\(what)") { try op.outputTypes(for: types) }
        guard case .invalidShape(let reason)? = problem?.kind else {
            Issue.record("\(what): \(String(describing: problem))")
            return
        }
        #expect(!reason.isEmpty, "\(what)")
    }

    @Test(arguments: RejectedInputs.all.indices)
    func inputsThatDoNotFit(row: Int) throws {
        let (name, inputs) = RejectedInputs.all[row]
        let node = try #require(nodes[name])
        expectRefusal(node.op, try Self.types(inputs), "\(name): \(inputs)")
    }

    @Test(arguments: RejectedInputs.attributes)
    func attributesThatDoNotFit(call: String) throws {
        let declarations = "input x: float32[1,8,8,4]\ninput w: float32[6,3,3,4]\n"
        let problem = #expect(throws: Problem.self) {
            try Graph(parsing: declarations + "y = \(call)")
        }
        guard case .malformed(_, let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(!reason.contains("attribute"), "\(reason)")
    }

    @Test func everyOperationWithConditionsHasARow() {
        let unconditional: Set = ["cast", "gelu", "leakyReLU", "shapeOf"]
        let covered = RejectedInputs.all.compactMap { nodes[$0.value]?.op.name }
        let missing = Set(nodes.values.map(\.op.name)).subtracting(covered)
            .subtracting(unconditional)
        let kinds = Set(Unary.Kind.allCases.map(\.rawValue) + Binary.Kind.allCases.map(\.rawValue))
        #expect(missing.subtracting(kinds).isEmpty, "\(missing.sorted())")
    }

    @Test func numbersOfInputsAreChecked() {
        let variadic: Set = ["concatenate", "reshapeLike", "broadcastLike"]
        for (name, node) in nodes {
            let types = node.inputs.map { graph[$0].type }
            expectRefusal(node.op, [], "\(name) of nothing")
            guard !variadic.contains(node.op.name) else { continue }
            expectRefusal(
                node.op, types + [types[0], types[0], types[0]], "\(name) of more than it takes")
        }
    }
}
