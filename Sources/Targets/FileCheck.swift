import TFLiteFormat

/// What a target does with each operator of a file.
package struct FileCheck: Sendable {
    /// One operator and what speaks against it.
    package struct Row: Sendable {
        /// The position of the subgraph.
        package let subgraph: Int
        /// The name of the tensor that it makes.
        package let name: String
        /// The operator with its version.
        package let operation: String
        /// Why the target does not run it, in words; nil if it does.
        package let objection: String?
    }

    /// The operators of all subgraphs in running order.
    package let rows: [Row]
    /// Groups of neighbouring operators of the main subgraph that the target runs as one; nil for a runtime, which runs all
    /// or nothing.
    package let partitions: Int?

    /// Looks at every operator of a model.
    package init(_ model: TFLiteModel, for target: Target) {
        var (rows, isCut) = ([Row](), false)
        for (index, subgraph) in model.subgraphs.enumerated() {
            for node in subgraph.operators {
                let use = OperatorUse(node, in: subgraph, of: model)
                var objection = target.verdict(on: use)
                if objection == nil, isCut { objection = "it comes after one that is not possible" }
                // Real inputs are rounded on the processor before the part that is delegated.
                let isEntry =
                    use.builtin == .quantize && node.inputs.allSatisfy(subgraph.inputs.contains)
                isCut = isCut || target.cutsAtFirst && objection != nil && !isEntry
                rows.append(
                    Row(
                        subgraph: index,
                        name: node.outputs.first { !$0.isAbsent }.map { subgraph[$0].name } ?? "",
                        operation:
                            "\(model.name(of: node)) v\(model[node.opcodeIndex].version)",
                        objection: objection))
            }
        }
        self.rows = rows
        partitions = target.fallsBack ? Self.partitions(model.subgraphs[0], rows) : nil
    }

    /// The groups that a delegate gets: in turn all operators of one kind whose inputs are there.
    ///
    /// The runtime takes them in the order of the file, as `PartitionGraphIntoIndependentNodeSubsets` does.
    private static func partitions(_ subgraph: TFLiteSubgraph, _ rows: [Row]) -> Int {
        let operators = subgraph.operators
        var waiting = Set(operators.flatMap(\.outputs))
        var remaining = Array(operators.indices)
        var (count, takesDelegated) = (0, false)
        while !remaining.isEmpty {
            takesDelegated.toggle()
            var left: [Int] = []
            for index in remaining {
                let isDelegated = rows[index].objection == nil
                let isReady = operators[index].inputs.allSatisfy { !waiting.contains($0) }
                guard isDelegated == takesDelegated, isReady else {
                    left.append(index)
                    continue
                }
                waiting.subtract(operators[index].outputs)
            }
            if takesDelegated, left.count < remaining.count { count += 1 }
            if left.count == remaining.count, !takesDelegated { break }
            remaining = left
        }
        return count
    }
}

extension Target {
    /// Why the target does not run an operator of anybody's file; nil if it does.
    ///
    /// A table that lists what this program writes says nothing of others' types and options.
    fileprivate func verdict(on use: OperatorUse) -> String? {
        guard isPartial, use.builtin != .custom else { return objection(to: use) }
        return use.version <= RuntimeVersion.highestVersion(of: use.builtin, in: release)
            ? trap?(use) : "\(name) does not run version \(use.version) of \(use.builtin)"
    }
}
