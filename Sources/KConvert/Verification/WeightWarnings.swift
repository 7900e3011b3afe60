import Dispatch
import GraphIR
import Tensors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds weights that are no numbers.
enum WeightWarnings {
    /// One warning for each layer with a weight that is NaN or infinite.
    ///
    /// Reads all weights, on all cores.
    static func notFinite(in graph: Graph) -> [String] {
        var constants: [(layer: String, constant: Constant)] = []
        for node in graph.nodes {
            for input in node.inputs {
                if let constant = graph.constant(input), constant.dtype.isFloat {
                    constants.append((node.layer, constant))
                }
            }
        }
        let found = UnsafeMutableBufferPointer<Bool>.allocate(capacity: constants.count)
        defer { found.deallocate() }
        found.initialize(repeating: false)
        nonisolated(unsafe) let results = found
        let all = constants
        DispatchQueue.concurrentPerform(iterations: all.count) { index in
            results[index] = all[index].constant.containsNonFinite
        }
        var layers: [String] = []
        for index in all.indices where found[index] && !layers.contains(all[index].layer) {
            layers.append(all[index].layer)
        }
        return layers.map { "layer '\($0)': a weight is NaN or infinite" }
    }
}
