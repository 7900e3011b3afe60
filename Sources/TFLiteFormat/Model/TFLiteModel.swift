/// The contents of a TFLite file as a plain value.
///
/// Indices of subgraphs are positions in the array; the others have types of their own (`SchemaIndex`).
package struct TFLiteModel: Sendable {
    /// The version of the schema; runtimes accept 3 only.
    package var version = 3
    /// A text about the model.
    package var description: String?
    /// The operators used, one entry for each code, version and custom name.
    package var operatorCodes: [TFLiteOperatorCode] = []
    /// The graphs; the first is the main one.
    package var subgraphs: [TFLiteSubgraph] = []
    /// The constants.
    ///
    /// Buffer 0 is empty and stands for "no buffer".
    package var buffers: [TFLiteBuffer] = [TFLiteBuffer()]
    /// Named buffers for tools.
    package var metadata: [TFLiteMetadata] = []
    /// Named entry points.
    package var signatures: [TFLiteSignature] = []
    /// Bytes behind the constants, which runtimes ignore, such as an archive, made for their position in the file; not read.
    package var trailer: (@Sendable (_ position: Int) throws -> [UInt8])?

    /// The description of files that this program converts, by which they are told from others.
    package static let ownDescription = "Converted by kconvert."

    /// A model without graphs; buffer 0 is there.
    package init() {}
}

/// One kind of operator of a model.
package struct TFLiteOperatorCode: Sendable, Hashable {
    /// The operator; `.custom` for one known by name.
    package var builtin: BuiltinOperator
    /// The version of the operator.
    package var version: Int
    /// The name of a custom operator.
    package var customName: String?

    package init(_ builtin: BuiltinOperator, version: Int = 1, customName: String? = nil) {
        self.builtin = builtin
        self.version = version
        self.customName = customName
    }
}

/// One graph of a model.
package struct TFLiteSubgraph: Sendable, Equatable {
    /// The name, for people.
    package var name: String?
    /// The tensors that operators refer to.
    package var tensors: [TFLiteTensor]
    /// Tensors that the caller sets.
    package var inputs: [TensorIndex]
    /// Tensors that the caller reads.
    package var outputs: [TensorIndex]
    /// The operators in order of execution.
    package var operators: [TFLiteOperator]

    package init(
        name: String? = nil, tensors: [TFLiteTensor] = [], inputs: [TensorIndex] = [],
        outputs: [TensorIndex] = [], operators: [TFLiteOperator] = []
    ) {
        self.name = name
        self.tensors = tensors
        self.inputs = inputs
        self.outputs = outputs
        self.operators = operators
    }
}

/// One node of a graph.
package struct TFLiteOperator: Sendable, Equatable {
    /// The entry of `TFLiteModel.operatorCodes`.
    package var opcodeIndex: OperatorCodeIndex
    /// Tensors read; optional ones can be absent.
    package var inputs: [TensorIndex]
    /// Tensors written.
    package var outputs: [TensorIndex]
    /// The options; nil if the file has none.
    package var options: BuiltinOptions?
    /// For each input whether the operator changes it; empty if none is changed.
    package var mutatingVariableInputs: [Bool] = []
    /// Tensors that hold intermediate results (quantization of LSTM gates).
    package var intermediates: [TensorIndex] = []
    /// The options of a custom operator, in the operator's own encoding.
    package var customOptions: [UInt8] = []
    /// The options in the union `BuiltinOptions2` (StableHLO).
    package var secondOptions: SecondOptions?

    package init(
        opcodeIndex: OperatorCodeIndex, inputs: [TensorIndex], outputs: [TensorIndex],
        options: (any OptionsTable)? = nil
    ) {
        self.opcodeIndex = opcodeIndex
        self.inputs = inputs
        self.outputs = outputs
        self.options = options.map { BuiltinOptions($0) }
    }
}

/// A named buffer for tools.
package struct TFLiteMetadata: Sendable, Equatable {
    /// What the buffer holds, such as `min_runtime_version`.
    package var name: String
    /// The buffer.
    package var buffer: BufferIndex

    package init(name: String, buffer: BufferIndex) {
        self.name = name
        self.buffer = buffer
    }
}

/// A named entry point: names for inputs and outputs of a subgraph.
package struct TFLiteSignature: Sendable, Equatable {
    /// A name for a tensor of the subgraph.
    package struct Tensor: Sendable, Equatable {
        /// The name callers use.
        package var name: String
        /// The tensor.
        package var index: TensorIndex

        package init(name: String, index: TensorIndex) {
            self.name = name
            self.index = index
        }
    }

    /// The name of the entry point; `serving_default` by convention.
    package var key: String
    /// The inputs.
    package var inputs: [Tensor]
    /// The outputs.
    package var outputs: [Tensor]
    /// The subgraph that is run.
    package var subgraph: Int

    package init(
        key: String = "serving_default", inputs: [Tensor], outputs: [Tensor], subgraph: Int = 0
    ) {
        self.key = key
        self.inputs = inputs
        self.outputs = outputs
        self.subgraph = subgraph
    }
}
