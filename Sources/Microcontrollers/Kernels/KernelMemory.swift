import Foundations
import TFLiteFormat

/// What a kernel allocates for one operator of a file, in bytes.
struct KernelMemory {
    /// The operator's options as the runtime keeps them; nil if it has none.
    var options: MemorySize?
    /// What the kernel allocates before anything is known of its tensors; nil for nothing.
    var initial: Int?
    /// What it allocates for its whole life once it knows its tensors.
    var prepared: [Int] = []
    /// What it needs while it runs.
    var scratch: [Int] = []
    /// The tensors that it looks at in detail while it prepares, as often as it does.
    var temporaries: [TFLiteTensor] = []
}

/// An operator of a file with what its memory depends on.
struct KernelUse {
    let builtin: BuiltinOperator
    let inputs: [TFLiteTensor?]
    let outputs: [TFLiteTensor]
    let options: (any OptionsTable)?
    /// For each input whether it has data in the file.
    let areConstant: [Bool]
    let word: MicroWord
    /// Whether kernels can decompress constants, which makes their data larger.
    let decompresses: Bool

    init(
        _ node: TFLiteOperator, in subgraph: TFLiteSubgraph, of model: TFLiteModel,
        _ runtime: MicroRuntime
    ) {
        builtin = model[node.opcodeIndex].builtin
        inputs = node.inputs.map { $0.isAbsent ? nil : subgraph[$0] }
        outputs = node.outputs.filter { !$0.isAbsent }.map { subgraph[$0] }
        options = node.options?.table
        areConstant = node.inputs.map {
            $0.isAbsent ? false : model.source(of: subgraph[$0])?.byteCount ?? 0 > 0
        }
        word = runtime.word
        decompresses = runtime.isPackage
    }

    /// An input; nil if it is absent or beyond the last one.
    func input(_ index: Int) -> TFLiteTensor? {
        inputs.indices.contains(index) ? inputs[index] : nil
    }

    /// Whether an input is a constant.
    func isConstant(_ index: Int) -> Bool {
        areConstant.indices.contains(index) && areConstant[index]
    }

    /// An extent of an input; 1 if it lacks the axis.
    func extent(_ input: Int, _ axis: Int) -> Int {
        guard let shape = self.input(input)?.shape, shape.indices.contains(axis) else { return 1 }
        return max(0, shape[axis])
    }

    /// The product of sizes; those of damaged files end at a number that can still be added and multiplied.
    func product(_ factors: Int...) -> Int {
        factors.reduce(1) { min(TFLiteTensor.largestCount, saturatingProduct($0, $1)) }
    }

    /// The inputs at some positions that are there, then the outputs.
    func tensors(_ positions: [Int]) -> [TFLiteTensor] {
        positions.compactMap { input($0) } + outputs
    }

    /// All tensors.
    var tensors: [TFLiteTensor] { inputs.compactMap { $0 } + outputs }

    /// Whether the activations are integers that stand for real numbers.
    var isQuantized: Bool {
        let type = input(builtin == .transposeConv ? 2 : 0)?.type
        return type == .int8 || type == .int16
    }
}

extension TFLiteTensor {
    /// The number at which counts of elements and bytes end; no arena has so many bytes.
    static let largestCount = 1 << 40

    /// The elements of the tensor.
    var elementCount: Int {
        shape.reduce(1) { min(Self.largestCount, saturatingProduct($0, max(0, $1))) }
    }

    /// The bytes that the runtime counts for the tensor; nil for types that it does not have.
    ///
    /// Integers of 4 bits count as bytes.
    var microByteCount: Int? {
        switch type {
        case .int4: elementCount
        case .resource: 4 * elementCount
        case .variant, .string, .int2, .uint4, .float8E4M3FN, .float8E5M2: nil
        case .float32, .float16, .bfloat16, .int32, .uint8, .int64, .bool, .int16, .complex64,
            .int8,
            .float64, .complex128, .uint64, .uint32, .uint16:
            type.byteCount(ofShape: shape).map { min(Self.largestCount, $0) }
        }
    }
}
