import GraphIR
import Passes
import Problems
import Testing

@Suite struct PassDriverTests {
    static let text = """
        input x: float32[1,4,4,4]
        \(batchNormParameters(4))
        constant w: float32[4,3,3,4] = random(1)
        c = conv2D(x, w) {padding: same} @layer "conv1"
        n = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "bn1"
        r = relu(n) @layer "relu1"
        d = conv2D(r, w) {padding: same} @layer "conv2"
        o = batchNormalization(d, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "bn2"
        s = relu(o) @layer "relu2"
        output s "result"
        """

    @Test func reportsWhatEachPassDid() throws {
        let result = try Rewriting(Graph(parsing: Self.text))
        #expect(result.operations == ["conv2D", "conv2D"])
        let fold = result.report.passes.first { $0.name == "fold-batch-norm" }
        #expect(fold?.firings == 2)
        #expect(fold?.layers == ["bn1", "bn2"])
        #expect(result.report.firings == 4)
        #expect(result.report.passes.map(\.name) == Pipeline.passes.map(\.name))
        #expect(result.after.outputs.map { result.after[$0.value].name } == ["s"])
        #expect(result.after.outputs.map { result.after[$0.value].layer } == ["relu2"])
    }

    @Test func stopsAfterTheGivenNumberOfPatches() throws {
        for limit in 0...4 {
            var graph = try Graph(parsing: Self.text)
            let report = try PassDriver(stopAfter: limit).run(on: &graph)
            #expect(report.firings == limit)
            #expect(graph.nodeCount == 6 - limit)
        }
    }

    @Test func optimizesTheBodiesOfLoops() throws {
        let text = """
            input x: float32[2,5,3]
            input h: float32[2,1,3]
            body step
            input part: float32[2,1,3]
            input before: float32[2,1,3]
            sum = add(part, before)
            r = relu(sum)
            output r "state"
            end
            y = loop(x, h) {body: step, sequenceCount: 1}
            output y "result"
            """
        var graph = try Graph(parsing: text)
        let report = try PassDriver().run(on: &graph)
        #expect(report.firings == 1)
        guard case .loop(let loop)? = graph.nodes.first?.op else {
            Issue.record("no loop")
            return
        }
        #expect(loop.body.graph.nodes.map(\.op.name) == ["binary"])
        try graph.verify()
    }

    @Test func leavesOutDisabledPasses() throws {
        var graph = try Graph(parsing: Self.text)
        let driver = try PassDriver(disabled: ["fold-batch-norm", "fuse-activation"])
        let report = try driver.run(on: &graph)
        #expect(graph.nodeCount == 6)
        #expect(!report.passes.contains { $0.name == "fold-batch-norm" })
        let before = try Graph(parsing: Self.text)
        #expect(BatchNormalizations(before: before, after: graph, report).remaining.count == 2)
    }

    @Test func namesTheNearestPass() {
        let problem = #expect(throws: Problem.self) {
            try PassDriver(disabled: ["fold-batchnorm"])
        }
        guard case .invalidArgument(let what, let remedy) = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(what.contains("'fold-batchnorm'"))
        #expect(remedy.description.contains("'fold-batch-norm'"))
    }

    @Test func everyPassHasAKebabCaseNameAndASummary() {
        let names = Pipeline.passes.map(\.name)
        #expect(Set(names).count == names.count)
        for pass in Pipeline.passes {
            #expect(pass.name.allSatisfy { $0.isLowercase || $0 == "-" })
            #expect(pass.summary.hasSuffix("."))
        }
    }

    /// Two passes that undo each other: the second turn is refused, and the report says so.
    @Test func aRepeatedPatchIsRefused() throws {
        var graph = try Graph(parsing: Self.text)
        let driver = try PassDriver(stages: [[Swaps(.relu, .relu6), Swaps(.relu6, .relu)]])
        let report = try driver.run(on: &graph)
        #expect(report.passes.map(\.firings) == [2, 2])
        #expect(
            report.faults == [
                .repeatedPatch(pass: "swap-relu", layer: "relu1"),
                .repeatedPatch(pass: "swap-relu", layer: "relu2"),
            ])
        #expect(graph.nodes.filter { $0.op == Unary(.relu).op }.count == 2)
    }

    /// A pass that always finds something new is stopped, and the report names it.
    @Test func aStageThatDoesNotSettleIsReported() throws {
        var graph = try Graph(parsing: "input x: float32[1]\ny = exp(x)\noutput y")
        let report = try PassDriver(stages: [[GrowsForEver()]]).run(on: &graph)
        #expect(report.faults == [.unsettledStage(passes: ["grow"])])
        #expect(report.faults.map(\.description)[0].contains("'grow'"))
    }

    /// What a pass refused is there for the passes that come later.
    @Test func refusalsReachLaterPasses() throws {
        var graph = try Graph(parsing: "input x: float32[1]\ny = exp(x)\noutput y")
        let report = try PassDriver(stages: [[Refuses()], [TellsRefusal()]]).run(on: &graph)
        #expect(report.passes[1].notes.map(\.reason) == ["it is too early"])
        #expect(report.passes[0].firings == 0)
    }

    @Test func aBrokenPassIsNamed() throws {
        var graph = try Graph(parsing: Self.text)
        let driver = try PassDriver(stages: [[SwapsInputAndOutput()]])
        let problem = #expect(throws: Problem.self) { try driver.run(on: &graph) }
        guard case .invalidGraph(_, let pass) = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(pass == "swap")
    }
}

/// Lets a ReLU read its own result.
private struct SwapsInputAndOutput: Pass {
    let name = "swap"
    let summary = "Breaks the order of nodes."

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .unary(let unary) = node.op, unary.kind == .relu else { return .none }
        let patch = PatchWriter(for: node, in: graph)
        patch.replace(node.inputs[0], with: try patch.unary(.relu6, node.output))
        return .patch(patch.patch)
    }
}

/// Turns one function into another.
private struct Swaps: Pass {
    let name: String
    let summary = "Turns one function into another."
    private let from: Unary.Kind
    private let to: Unary.Kind

    init(_ from: Unary.Kind, _ to: Unary.Kind) {
        (self.from, self.to) = (from, to)
        name = "swap-\(from.rawValue)"
    }

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard node.op == Unary(from).op else { return .none }
        let patch = PatchWriter(for: node, in: graph)
        return .patch(patch.replacing(node, by: try patch.unary(to, node.inputs[0])))
    }
}

/// Puts another negation behind every function.
private struct GrowsForEver: Pass {
    let name = "grow"
    let summary = "Never ends."

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard graph.isOutput(node.output) else { return .none }
        let patch = PatchWriter(for: node, in: graph)
        let negated = try patch.unary(.neg, patch.copy(node, inputs: node.inputs))
        return .patch(patch.replacing(node, by: negated))
    }
}

private struct Refuses: Pass {
    let name = "refuse"
    let summary = "Refuses everything."

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        .refused("it is too early")
    }
}

private struct TellsRefusal: Pass {
    let name = "tell"
    let summary = "Notes why another pass refused."

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let reason = context.refusals[node.id] else { return .none }
        let writer = PatchWriter(for: node, in: graph)
        var patch = writer.replacing(node, by: try writer.unary(.abs, node.inputs[0]))
        patch.note = reason
        return .patch(patch)
    }
}
