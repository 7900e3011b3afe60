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
        #expect(remedy.contains("'fold-batch-norm'"))
    }

    @Test func everyPassHasAKebabCaseNameAndASummary() {
        let names = Pipeline.passes.map(\.name)
        #expect(Set(names).count == names.count)
        for pass in Pipeline.passes {
            #expect(pass.name.allSatisfy { $0.isLowercase || $0 == "-" })
            #expect(pass.summary.hasSuffix("."))
        }
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
        var patch = GraphPatch(for: graph)
        let new = try patch.add(Unary(.relu6).op, [node.output], layer: node.layer)
        patch.replace(node.inputs[0], with: new)
        return .patch(patch)
    }
}
