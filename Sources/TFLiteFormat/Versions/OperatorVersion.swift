import Tensors

/// Which version of an operator a node needs.
///
/// The version is a gate: a runtime loads a node if it knows the version, and the same kernel runs whatever the
/// version says. So the lowest version that covers the features of the node runs on the most runtimes. The rules are
/// those of the TFLite converter's `op_version.cc`; in each the first match wins, and 1 is what remains.
package enum OperatorVersion {
    /// The lowest version of `builtin` for a node with these tensors; nil in `inputs` is an absent optional one.
    package static func lowest(
        for builtin: BuiltinOperator, inputs: [TFLiteTensor?], outputs: [TFLiteTensor],
        options: (any OptionsTable)?
    ) -> Int {
        let node = NodeTraits(inputs: inputs, outputs: outputs, options: options)
        return node.weightedVersion(of: builtin) ?? node.arithmeticVersion(of: builtin)
            ?? node.movingVersion(of: builtin) ?? node.convertingVersion(of: builtin) ?? 1
    }
}

/// What the version of a node depends on.
struct NodeTraits {
    let inputs: [TFLiteTensor?]
    let outputs: [TFLiteTensor]
    let options: (any OptionsTable)?

    /// The type of the first input.
    var type: TFLiteTensorType? { input(0)?.type }

    /// An input; nil if it is absent.
    func input(_ index: Int) -> TFLiteTensor? {
        inputs.indices.contains(index) ? inputs[index] : nil
    }

    /// The greatest rank of the inputs.
    var rank: Int { inputs.map { $0?.shape.count ?? 0 }.max() ?? 0 }

    /// Whether the first two inputs differ in shape.
    var broadcasts: Bool { input(0)?.shape != input(1)?.shape }

    /// Whether floats are multiplied by weights of 8 bits or fewer.
    func isHybrid(_ activations: Int, _ weights: Int) -> Bool {
        guard input(activations)?.type == .float32, let type = input(weights)?.type else {
            return false
        }
        return [.int8, .uint8, .int4, .int2].contains(type)
    }

    /// The version of the first rule that holds, or 1.
    func first(_ rules: (Bool, Int)...) -> Int {
        rules.first { $0.0 }?.1 ?? 1
    }
}
