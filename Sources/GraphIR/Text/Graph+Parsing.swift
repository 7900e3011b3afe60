import Problems
import Tensors

extension Graph {
    /// Reads the text form that `text` describes.
    ///
    /// Types of operations may be left out; if they are given, they must be those that the operation infers. Empty lines and
    /// lines that start with `//` are skipped.
    ///
    /// - Throws: `Problem.Kind.malformed`, naming the line.
    package init(parsing text: String) throws {
        var parser = GraphParser()
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            do {
                try parser.parse(line)
            } catch let error as AttributeError {
                throw GraphParser.problem("line \(number + 1): \(error.reason)")
            } catch let problem as Problem {
                guard case .invalidShape(let message) = problem.kind else { throw problem }
                throw GraphParser.problem("line \(number + 1): \(message)")
            }
        }
        guard parser.isComplete else { throw GraphParser.problem("a body has no end") }
        self = parser.graph
        try verify()
    }
}

/// Builds a graph from the lines of its text form.
struct GraphParser {
    private(set) var graph = Graph(name: "")
    private var values: [String: ValueID] = [:]
    private var bodies: [String: Graph] = [:]
    /// The body whose lines are being read; at most one.
    private var openBody: [(name: String, parser: GraphParser)] = []

    /// Whether every body has ended.
    var isComplete: Bool { openBody.isEmpty }

    static func problem(_ reason: String) -> Problem {
        Problem(.malformed(what: "graph text", reason: reason))
    }

    mutating func parse(_ line: Substring) throws {
        if let body = openBody.popLast() { return try parse(line, in: body) }
        var scanner = GraphScanner(line)
        guard !scanner.isAtEnd, !scanner.rest.hasPrefix("//") else { return }
        let word = try scanner.word()
        switch word {
        case "graph": graph.name = try scanner.expectQuoted()
        case "input": try parseInput(&scanner)
        case "state": try parseState(&scanner)
        case "keep": try parseKeep(&scanner)
        case "body": openBody = [(try scanner.word(), GraphParser())]
        case "constant": try parseConstant(&scanner)
        case "output":
            let id = try value(try scanner.word())
            graph.addOutput(id, name: try scanner.quoted() ?? graph[id].name)
        default: try parseNode(word, &scanner)
        }
        guard scanner.isAtEnd else {
            throw AttributeError(reason: "'\(scanner.rest.prefix(20))' is left over")
        }
    }

    /// Gives a line to the body that is being read, or ends it.
    private mutating func parse(
        _ line: Substring, in body: (name: String, parser: GraphParser)
    ) throws {
        var body = body
        guard line == "end", body.parser.isComplete else {
            try body.parser.parse(line)
            openBody = [body]
            return
        }
        try body.parser.graph.verify()
        bodies[body.name] = body.parser.graph
    }

    private mutating func parseState(_ scanner: inout GraphScanner) throws {
        let word = try scanner.word()
        try scanner.expect(":")
        let type = try scanner.type()
        let name = try scanner.quoted() ?? word
        let port = scanner.take("@port") ? try scanner.expectQuoted() : name
        let id = graph.addState(type, name: port)
        graph.rename(id, to: name)
        try define(word, id)
    }

    private mutating func parseKeep(_ scanner: inout GraphScanner) throws {
        let state = try value(try scanner.word())
        guard let index = graph.states.firstIndex(where: { $0.input == state }) else {
            throw AttributeError(reason: "only states can be kept")
        }
        graph.setState(index, to: try value(try scanner.word()))
    }

    private mutating func parseInput(_ scanner: inout GraphScanner) throws {
        let word = try scanner.word()
        try scanner.expect(":")
        let type = try scanner.type()
        let name = try scanner.quoted() ?? word
        let port = scanner.take("@port") ? try scanner.expectQuoted() : name
        let layer = scanner.take("@layer") ? try scanner.expectQuoted() : nil
        let id = graph.addInput(type, name: port, layer: layer)
        graph.rename(id, to: name)
        graph.setStorage(id, try scanner.storage())
        try define(word, id)
    }

    private mutating func parseConstant(_ scanner: inout GraphScanner) throws {
        let word = try scanner.word()
        try scanner.expect(":")
        let type = try scanner.type()
        guard type.shape.isStatic else {
            throw AttributeError(reason: "constant '\(word)' has a free extent")
        }
        let name = try scanner.quoted() ?? word
        let storage = try scanner.storage()
        try scanner.expect("=")
        let constant = try ConstantText.parse(scanner.rest, type)
        scanner = GraphScanner("")
        let id = graph.addValue(type, name: name, constant: constant)
        graph.setStorage(id, storage)
        try define(word, id)
    }

    private mutating func parseNode(_ first: String, _ scanner: inout GraphScanner) throws {
        var words = [first]
        while scanner.take(",") { words.append(try scanner.word()) }
        try scanner.expect("=")
        let operation = try scanner.word()
        try scanner.expect("(")
        var inputs: [ValueID] = []
        while !scanner.take(")") {
            if !inputs.isEmpty { try scanner.expect(",") }
            inputs.append(try value(try scanner.word()))
        }
        let op = try OperationText.parse(
            operation, try scanner.attributes(), bodies: bodies)
        let types = try op.outputTypes(for: inputs.map { graph[$0].type })
        guard types.count == words.count else {
            throw AttributeError(reason: "\(operation) has \(types.count) outputs")
        }
        var outputs: [ValueID] = []
        let isTyped = scanner.take(":")
        for (word, type) in zip(words, types) {
            if !outputs.isEmpty, isTyped { try scanner.expect(",") }
            outputs.append(try parseResult(word, type, isTyped: isTyped, &scanner))
        }
        let layer = scanner.take("@in") ? try scanner.expectQuoted() : graph[outputs[0]].layer
        let pass = scanner.take("@by") ? try scanner.expectQuoted() : nil
        graph.addNode(op, inputs: inputs, outputs: outputs, layer: layer ?? "", createdBy: pass)
    }

    private mutating func parseResult(
        _ word: String, _ type: TensorType, isTyped: Bool, _ scanner: inout GraphScanner
    ) throws -> ValueID {
        if isTyped {
            let written = try scanner.type()
            guard written == type else {
                throw AttributeError(reason: "'\(word)' is \(type), not \(written)")
            }
        }
        guard type.shape.elementCount <= GraphBuilder.largestElementCount else {
            throw AttributeError(reason: "'\(word)' of \(type) is too large")
        }
        let name = try scanner.quoted() ?? word
        let layer = scanner.take("@layer") ? try scanner.expectQuoted() : nil
        let id = graph.addValue(type, name: name, layer: layer)
        graph.setStorage(id, try scanner.storage())
        try define(word, id)
        return id
    }

    private func value(_ word: String) throws -> ValueID {
        guard let id = values[word] else {
            throw AttributeError(reason: "'\(word)' is not defined above")
        }
        return id
    }

    private mutating func define(_ word: String, _ id: ValueID) throws {
        guard values.updateValue(id, forKey: word) == nil else {
            throw AttributeError(reason: "'\(word)' is defined twice")
        }
    }
}
