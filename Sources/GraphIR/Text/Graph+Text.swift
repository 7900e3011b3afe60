import Tensors

extension Graph {
    /// The graph as text that `Graph(parsing:)` reads back.
    ///
    /// One line for each input, constant, node and output, constants before their first reader:
    ///
    ///     graph "name"
    ///     input x: float32[1,8,8,3]
    ///     constant w: float32[4,3,3,3] = 0x…
    ///     y = conv2D(x, w) {strides: 2x2, padding: same} : float32[1,4,4,4] @layer "conv1"
    ///     output y "probabilities"
    ///
    /// `state` lines after the inputs list what is kept between runs, `keep` lines at the end what becomes of it. The body
    /// of a loop is a graph in lines between `body name` and `end` before the loop.
    ///
    /// A quoted string after a type is the value's name if it is not a plain word. `@layer` marks the output of a Keras layer,
    /// `@stored` how a value is stored if not as its own type (`float16`, `int8(0.5:3)` with scales and zero points),
    /// `@in` the layer a node belongs to if that differs, `@by` the pass that made it.
    package var text: String { GraphPrinter(self, abbreviated: false).text }

    /// The graph as text for people: elements of large constants are left out.
    package var abbreviatedText: String { GraphPrinter(self, abbreviated: true).text }
}

/// Writes the text form of a graph.
struct GraphPrinter {
    private(set) var text = ""
    private let graph: Graph
    private let abbreviated: Bool
    private var words: [ValueID: String] = [:]
    private var used: Set<String> = []
    private var bodyCount = 0

    init(_ graph: Graph, abbreviated: Bool) {
        self.graph = graph
        self.abbreviated = abbreviated
        text = "graph \(quoted(graph.name))\n"
        for port in graph.inputs { printInput(port) }
        for state in graph.states {
            text += "state \(word(state.input)): \(graph[state.input].type)\(name(state.input))"
            text += " @port \(quoted(state.name))\n"
        }
        for node in graph.nodes {
            for input in node.inputs { printConstant(input) }
            printNode(node)
        }
        for port in graph.outputs {
            printConstant(port.value)
            text += "output \(word(port.value)) \(quoted(port.name))\n"
        }
        for state in graph.states {
            printConstant(state.output)
            text += "keep \(word(state.input)) \(word(state.output))\n"
        }
    }

    private mutating func printInput(_ port: Port) {
        let value = graph[port.value]
        text += "input \(word(port.value)): \(value.type)\(name(port.value))"
        if port.name != value.name { text += " @port \(quoted(port.name))" }
        if let layer = value.layer, layer != port.name { text += " @layer \(quoted(layer))" }
        text += "\(storage(port.value))\n"
    }

    private mutating func printConstant(_ id: ValueID) {
        guard words[id] == nil, let constant = graph.constant(id) else { return }
        let value = graph[id]
        text += "constant \(word(id)): \(value.type)\(name(id))\(storage(id)) = "
        text += ConstantText.print(constant, abbreviated: abbreviated)
        text += "\n"
    }

    /// Writes the body of a loop or a step and returns the name of its block.
    private mutating func printBody(_ node: Node) -> String? {
        guard let graph = node.op.payload.bodies.first else { return nil }
        bodyCount += 1
        let body = GraphPrinter(graph, abbreviated: abbreviated).text
        text += "body step\(bodyCount)\n\(body)end\n"
        return "step\(bodyCount)"
    }

    private mutating func printNode(_ node: Node) {
        let body = printBody(node)
        text += node.outputs.map { word($0) }.joined(separator: ", ")
        let (name, attributes) = OperationText.print(node.op, body: body)
        text += " = \(name)(" + node.inputs.map { word($0) }.joined(separator: ", ") + ")"
        text += attributes.isEmpty ? " : " : " {\(attributes)} : "
        let results = node.outputs.map { id in
            "\(graph[id].type)\(self.name(id))"
                + (graph[id].layer.map { " @layer \(quoted($0))" } ?? "") + storage(id)
        }
        text += results.joined(separator: ", ")
        if node.layer != graph[node.output].layer ?? "" { text += " @in \(quoted(node.layer))" }
        if let pass = node.createdBy { text += " @by \(quoted(pass))" }
        text += "\n"
    }

    /// The word that stands for a value: its name without odd characters, made unique.
    private mutating func word(_ id: ValueID) -> String {
        if let word = words[id] { return word }
        var base = String(
            String.UnicodeScalarView(
                graph[id].name.unicodeScalars.map { GraphScanner.isWord($0) ? $0 : "_" }))
        if base.isEmpty || GraphScanner.keywords.contains(base) { base += "_" }
        var word = base
        var number = 2
        while !used.insert(word).inserted {
            word = "\(base)~\(number)"
            number += 1
        }
        words[id] = word
        return word
    }

    /// How a value is stored; empty for one that is stored as its own type.
    private func storage(_ id: ValueID) -> String {
        graph[id].storage == .expressed ? "" : " @stored \(graph[id].storage.text)"
    }

    /// The quoted name of a value whose word is another.
    private mutating func name(_ id: ValueID) -> String {
        word(id) == graph[id].name ? "" : " \(quoted(graph[id].name))"
    }

    private func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
