import GraphIR
import Problems
import Tensors

/// The shapes that a file states for values of free extents until the caller of a runtime resizes its inputs.
///
/// Runtimes prepare all operators for these shapes first, and some end the process if a window does not fit. So a free extent
/// is the smallest that every operation accepts; a free batch is 1.
struct PlaceholderShapes {
    private let resized: Graph?

    /// The shapes for a graph; 1 for all free extents if it accepts none up to 4096.
    ///
    /// - Throws: a problem that does not come from the extents, such as a fault of the program.
    init(_ graph: Graph) throws {
        resized = try Search(graph).smallest()
    }

    /// The shape that a file states for a value.
    func shape(of value: Value) -> Shape {
        guard let shape = resized?[value.id].type.shape, shape.isStatic else {
            return value.shape.resolvingFree()
        }
        return shape
    }

    /// The search for the smallest extents.
    private struct Search {
        private let graph: Graph
        /// The free axes of inputs but for the batch.
        private let axes: [(input: ValueID, axis: Int)]

        init(_ graph: Graph) {
            self.graph = graph
            axes = graph.inputs.flatMap { port in
                let shape = graph[port.value].type.shape
                return shape.dims.indices.dropFirst().filter { shape[$0] == Shape.free }
                    .map { (input: port.value, axis: $0) }
            }
        }

        /// The graph with the smallest extents; nil if none were found or nothing is free.
        func smallest() throws -> Graph? {
            guard graph.inputs.contains(where: { !graph[$0.value].type.shape.isStatic }) else {
                return nil
            }
            let powers = (0...12).map { [Int](repeating: 1 << $0, count: axes.count) }
            guard var extents = try powers.first(where: { try resized($0) != nil }) else {
                return nil
            }
            if let bound = extents.first, bound > 1 {
                let common = try least(bound / 2 + 1...bound) { n in axes.map { _ in n } }
                extents = axes.map { _ in common }
                for index in extents.indices {
                    var tried = extents
                    extents[index] = try least(1...common) { n in
                        tried[index] = n
                        return tried
                    }
                }
            }
            return try resized(extents)
        }

        /// The smallest number of a range, whose last one is accepted, by halving it.
        private func least(
            _ range: ClosedRange<Int>, _ extents: (Int) -> [Int]
        ) throws -> Int {
            var (low, high) = (range.lowerBound, range.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if try resized(extents(middle)) != nil { high = middle } else { low = middle + 1 }
            }
            return high
        }

        /// The graph with these extents; nil if an operation does not accept them or leaves nothing.
        private func resized(_ extents: [Int]) throws -> Graph? {
            var shapes = Dictionary(
                graph.inputs.map { ($0.value, graph[$0.value].type.shape) },
                uniquingKeysWith: { first, _ in first })
            for (place, extent) in zip(axes, extents) { shapes[place.input]?[place.axis] = extent }
            var copy = graph
            do {
                try copy.setInputShapes(shapes.mapValues { $0.resolvingFree() })
            } catch let problem as Problem where problem.mayComeFromExtents {
                return nil
            }
            let isEmpty = graph.nodes.flatMap(\.outputs).contains { id in
                zip(copy[id].type.shape.dims, graph[id].type.shape.dims).contains {
                    $0 < 1 && $1 != $0
                }
            }
            return isEmpty ? nil : copy
        }
    }
}
