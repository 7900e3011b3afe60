import TFLiteFormat
import Tensors

/// One operator of a file with its tensors.
package struct OperatorUse: Sendable {
    /// The operator.
    package let builtin: BuiltinOperator
    /// Its version in the file.
    package let version: Int
    /// The tensors that it reads; nil for absent ones.
    package let inputs: [TFLiteTensor?]
    /// The tensors that it makes.
    package let outputs: [TFLiteTensor]
    /// Its options, if it has any.
    package let options: (any OptionsTable)?

    package init(
        _ builtin: BuiltinOperator, version: Int, inputs: [TFLiteTensor?],
        outputs: [TFLiteTensor], options: (any OptionsTable)? = nil
    ) {
        self.builtin = builtin
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
        self.options = options
    }

    /// An operator of a model.
    package init(_ node: TFLiteOperator, in subgraph: TFLiteSubgraph, of model: TFLiteModel) {
        let code = model[node.opcodeIndex]
        self.init(
            code.builtin, version: code.version,
            inputs: node.inputs.map { $0.isAbsent ? nil : subgraph[$0] },
            outputs: node.outputs.filter { !$0.isAbsent }.map { subgraph[$0] },
            options: node.options?.table)
    }

    /// An input; nil if it is absent or beyond the last one.
    package func input(_ index: Int) -> TFLiteTensor? {
        inputs.indices.contains(index) ? inputs[index] : nil
    }

    /// The tensors that are there.
    var tensors: [TFLiteTensor] { inputs.compactMap { $0 } + outputs }

    /// Whether an input is a constant.
    func isConstant(_ index: Int) -> Bool { input(index).map { $0.buffer != .none } ?? true }
}
