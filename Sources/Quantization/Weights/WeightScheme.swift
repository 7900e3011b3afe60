import GraphIR
import Tensors

/// Stores weights in fewer bits while everything else stays real.
package struct WeightScheme: Sendable {
    /// In which form weights are stored.
    package enum Form: Sendable, Equatable {
        /// As 16-bit floats.
        case float16
        /// As symmetric integers of this width, those of a filter with a scale for each output channel.
        ///
        /// 4 bits are for matrix products, convolutions and tables, of which runs of `blockLength` elements can have scales of
        /// their own; other weights have 8.
        case integers(bits: Int, blockLength: Int? = nil)
    }

    private let form: Form
    private let leastCount: Int
    private let searchesScales: Bool
    private let keepsReal: @Sendable (String) -> Bool

    /// A scheme.
    ///
    /// - Parameters:
    ///   - leastCount: constants with fewer elements stay as they are; by default those whose stored form would take more
    ///     than it saves.
    ///   - searchesScales: whether 8-bit integers of filters get the scales of `ScaleSearch`.
    ///   - keepsReal: whether the weights of a layer stay as they are.
    package init(
        _ form: Form, leastCount: Int? = nil, searchesScales: Bool = false,
        keepsReal: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.form = form
        self.keepsReal = keepsReal
        self.searchesScales = searchesScales
        self.leastCount = leastCount ?? (form == .float16 ? 64 : 1024)
    }

    /// Stores the weights of a graph, those of loops too.
    ///
    /// - Returns: what was stored.
    /// - Throws: what changing the body of a loop throws.
    package func apply(to graph: inout Graph) throws -> WeightSummary {
        let result = try store(in: &graph)
        if result.storesTables { graph.expressOutputs() }
        return result
    }

    private func store(in graph: inout Graph) throws -> WeightSummary {
        var result = WeightSummary()
        for id in graph.nodeIDs {
            guard let node = graph.node(id), !keepsReal(node.layer) else { continue }
            if case .loop(var loop) = node.op {
                var body = loop.body.graph
                result.add(try apply(to: &body))
                loop.body = LoopBody(body)
                try graph.setOp(loop.op, of: id)
            }
            if form == .float16 {
                for input in node.inputs { halve(input, of: node, in: &graph, &result) }
            } else {
                store(WeightUse.uses(of: node, in: graph), of: node, in: &graph, &result)
            }
        }
        return result
    }

    private func halve(
        _ id: ValueID, of node: Node, in graph: inout Graph, _ result: inout WeightSummary
    ) {
        guard let constant = graph.constant(id), constant.dtype == .float32,
            graph[id].storage == .expressed, !graph.isOutput(id),
            constant.shape.elementCount >= leastCount
        else { return }
        guard Self.fitsHalves(constant) else {
            result.wideLayers.append(node.layer)
            return
        }
        graph.setStorage(id, .float16)
        result.note(constant, bits: 16)
    }

    /// The greatest 16-bit float.
    private static let greatestHalf = 65_504.0
    /// The least 16-bit float with all its digits.
    private static let leastHalf = 1.0 / 16_384

    /// Whether 16-bit floats reach the numbers of a constant.
    private static func fitsHalves(_ constant: Constant) -> Bool {
        if let bounds = constant.magnitudeBounds, bounds.upperBound <= greatestHalf,
            bounds.lowerBound >= leastHalf
        {
            return true
        }
        let extremes = constant.extremes()[0]
        let magnitude = max(-extremes.low, extremes.high)
        return magnitude <= greatestHalf && (magnitude == 0 || magnitude >= leastHalf)
    }

    private func store(
        _ uses: [WeightUse], of node: Node, in graph: inout Graph, _ result: inout WeightSummary
    ) {
        guard case .integers(let bits, let blockLength) = form else { return }
        let counts = uses.compactMap { graph.constant($0.value)?.shape.elementCount }
        // The weights of one cell are stored alike.
        guard let most = counts.max(), most >= leastCount else { return }
        var rounded: [ValueID: ValueID] = [:]
        for use in uses where graph[use.value].storage == .expressed {
            let isNarrow = bits == 4 && use.takesFourBits
            let own = isNarrow ? use.narrowed(node, in: graph, blockLength: blockLength) : use
            guard let constant = graph.constant(use.value),
                let plain = WeightUse.storage(of: constant, own.scales, bits: isNarrow ? 4 : 8)
            else { continue }
            result.note(constant, bits: isNarrow ? 4 : 8)
            let storage =
                if case .axis = own.scales, !isNarrow, searchesScales {
                    ScaleSearch.refined(plain, of: constant)
                } else { plain }
            guard node.op.payload.quantizationRule == .recurrent else {
                graph.setStorage(use.value, storage)
                continue
            }
            let value = graph[use.value]
            let new = graph.addValue(
                value.type, name: value.name,
                constant: SumPreservingRounding.rounded(constant, to: storage), layer: value.layer)
            graph.setStorage(new, storage)
            rounded[use.value] = new
        }
        if !rounded.isEmpty {
            graph.setInputs(node.inputs.map { rounded[$0] ?? $0 }, of: node.id)
            return
        }
        if bits == 4, TableLookup.fits(node, in: graph, bits: 4),
            graph[node.inputs[0]].storage.bitCount == 4
        {
            return TableLookup.flatten(node, in: &graph)
        }
        // What is picked from a stored table is stored as the table is.
        if node.op.payload.quantizationRule == .sameAsInput, let table = node.inputs.first,
            graph.isConstant(table), case .integer(_, _, let parameters) = graph[table].storage,
            parameters.axis == nil, graph[node.output].storage == .expressed
        {
            graph.setStorage(node.output, graph[table].storage)
            result.storesTables = true
        }
    }
}

/// What became of the weights of a graph.
package struct WeightSummary: Sendable {
    /// How many constants were stored in fewer bits.
    package private(set) var count = 0
    /// Their elements.
    package private(set) var elementCount = 0
    /// How many of them have integers of 4 bits.
    package private(set) var narrowCount = 0
    /// The bytes of these elements before and after, without their scales.
    package private(set) var byteCounts = (before: 0, after: 0)
    /// The layers of constants that stay as they are, because 16-bit floats do not reach their numbers.
    package internal(set) var wideLayers: [String] = []
    /// Whether what is picked from a table is stored as the table is.
    var storesTables = false

    init() {}

    /// The stored constants of a graph, those of loops too.
    package init(of graph: Graph) {
        var seen: Set<ValueID> = []
        for node in graph.nodes {
            for body in node.op.payload.bodies { add(WeightSummary(of: body)) }
            for id in node.inputs where seen.insert(id).inserted {
                guard let constant = graph.constant(id), let bits = graph[id].storage.bitCount
                else { continue }
                note(constant, bits: bits)
            }
        }
    }

    mutating func note(_ constant: Constant, bits: Int) {
        count += 1
        if bits == 4 { narrowCount += 1 }
        elementCount += constant.shape.elementCount
        byteCounts.before += constant.byteCount
        byteCounts.after += (constant.shape.elementCount * bits + 7) / 8
    }

    mutating func add(_ other: WeightSummary) {
        count += other.count
        narrowCount += other.narrowCount
        elementCount += other.elementCount
        byteCounts.before += other.byteCounts.before
        byteCounts.after += other.byteCounts.after
        wideLayers += other.wideLayers
    }
}
