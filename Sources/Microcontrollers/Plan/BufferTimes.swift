import Problems
import TFLiteFormat

/// When the runtime needs each buffer of a file: one step for each operator, and one before each subgraph that an operator
/// runs.
package struct BufferTimes {
    /// A tensor or a kernel's working memory.
    package struct Buffer {
        /// The bytes needed.
        package let byteCount: Int
        /// The step that makes it; −1 for a tensor that nothing makes.
        package internal(set) var first: Int
        /// The last step that uses it.
        package internal(set) var last: Int
        /// Whether it has to be placed.
        package let isPlaced: Bool

        package init(byteCount: Int, first: Int = -1, last: Int = -1, isPlaced: Bool) {
            self.byteCount = byteCount
            self.first = first
            self.last = last
            self.isPlaced = isPlaced
        }
    }

    /// The tensors of all subgraphs one after the other, then the scratch buffers in the order of their requests.
    private(set) var buffers: [Buffer] = []
    /// The position of the first tensor of each subgraph.
    private(set) var starts: [Int] = []
    private let model: TFLiteModel
    private var step = 0
    private var calls = 0
    /// The most subgraphs that are gone through, each as often as operators run it.
    private static let mostCalls = 10_000

    /// - Parameter scratch: the sizes that kernels request, by subgraph and operator.
    /// - Throws: `Problem.Kind.tooLarge` if subgraphs run each other too often.
    init(_ model: TFLiteModel, scratch: [[[Int]]]) throws {
        self.model = model
        for subgraph in model.subgraphs {
            starts.append(buffers.count)
            let handles = subgraph.operators.filter { model[$0.opcodeIndex].builtin == .varHandle }
            let owned = Set(handles.flatMap(\.outputs))
            for index in subgraph.tensorIndices {
                let tensor = subgraph[index]
                let bytes = tensor.microByteCount ?? 0
                let isConstant = model.source(of: tensor)?.byteCount ?? 0 > 0
                buffers.append(
                    Buffer(
                        byteCount: bytes,
                        isPlaced: bytes > 0 && !isConstant && !tensor.isVariable
                            && !owned.contains(index)))
            }
        }
        var scratchStarts: [[Int]] = []
        for subgraph in scratch {
            scratchStarts.append([])
            for sizes in subgraph {
                scratchStarts[scratchStarts.count - 1].append(buffers.count)
                buffers += sizes.map { Buffer(byteCount: $0, isPlaced: true) }
            }
        }
        try mark(subgraph: 0, scratch, scratchStarts, depth: 0)
    }

    private mutating func mark(
        subgraph index: Int, _ scratch: [[[Int]]], _ scratchStarts: [[Int]], depth: Int
    ) throws {
        calls += 1
        guard calls <= Self.mostCalls else {
            throw Problem(.tooLarge(what: "the number of runs of subgraphs", value: "\(calls)"))
        }
        guard model.subgraphs.indices.contains(index), depth <= model.subgraphs.count else {
            return
        }
        let (subgraph, start) = (model.subgraphs[index], starts[index])
        for input in subgraph.inputs { create(start + input.position, andUse: true) }
        for (position, node) in subgraph.operators.enumerated() {
            step += 1
            let outputs = node.outputs.filter { !$0.isAbsent }.map { start + $0.position }
            for output in outputs { create(output, andUse: false) }
            let begin = step
            for callee in Self.subgraphs(of: node) {
                step += 1
                try mark(subgraph: callee, scratch, scratchStarts, depth: depth + 1)
            }
            for input in node.inputs where !input.isAbsent {
                buffers[start + input.position].last = step
            }
            for output in outputs { buffers[output].last = step }
            for offset in scratch[index][position].indices {
                let buffer = scratchStarts[index][position] + offset
                if buffers[buffer].first < 0 { buffers[buffer].first = begin }
                buffers[buffer].last = step
            }
        }
        for output in subgraph.outputs { create(start + output.position, andUse: true) }
    }

    private mutating func create(_ buffer: Int, andUse isUsed: Bool) {
        if buffers[buffer].first < 0 { buffers[buffer].first = step }
        if isUsed { buffers[buffer].last = step }
    }

    /// The subgraphs that an operator runs, in the order in which the runtime plans them.
    private static func subgraphs(of node: TFLiteOperator) -> [Int] {
        switch node.options?.table {
        case let options as IfOptions: [options.thenSubgraph, options.elseSubgraph]
        case let options as WhileOptions: [options.conditionSubgraph, options.bodySubgraph]
        case let options as CallOnceOptions: [options.initialSubgraph]
        default: []
        }
    }
}
