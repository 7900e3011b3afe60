import Problems
import TFLiteFormat
import Tensors

/// The shape of an operator's output follows from elements that only the run knows.
struct UnknownElements: Error {
    /// The tensor with the elements.
    let tensor: TensorIndex
}

/// An operator that is to be prepared: what it reads, what its options say, and what the file declares of its outputs.
///
/// An operator's file extends this with a function that checks everything and returns the prepared operator.
struct OperatorPreparation {
    let code: TFLiteOperatorCode
    private let builtinOptions: BuiltinOptions?
    let secondOptions: SecondOptions?
    private(set) var inputs: [Operand?]
    private var outputs: [(tensor: TensorIndex, declared: TFLiteTensor)?]
    /// What the file declares of tensors that stand for results in between.
    let intermediates: [TFLiteTensor?]
    /// What memory is left.
    let budget: MemoryBudget
    /// The named variables of the model.
    let variables: VariableTable
    /// Plans the subgraphs that the operator runs.
    let subgraphs: SubgraphPlanner

    init(
        code: TFLiteOperatorCode, options: BuiltinOptions?, secondOptions: SecondOptions?,
        inputs: [Operand?],
        outputs: [(tensor: TensorIndex, declared: TFLiteTensor)?], intermediates: [TFLiteTensor?],
        budget: MemoryBudget, subgraphs: SubgraphPlanner
    ) {
        self.code = code
        builtinOptions = options
        self.secondOptions = secondOptions
        self.inputs = inputs
        self.outputs = outputs
        self.intermediates = intermediates
        self.budget = budget
        variables = subgraphs.variables
        self.subgraphs = subgraphs
    }

    var outputCount: Int { outputs.count }

    /// The same operator with integers that stand for themselves.
    var asPlainNumbers: OperatorPreparation {
        var plain = self
        plain.inputs = inputs.map { $0?.withoutQuantization }
        plain.outputs = outputs.map { output in
            guard let (tensor, declared) = output else { return nil }
            var bare = declared
            bare.quantization = nil
            return (tensor, bare)
        }
        return plain
    }

    /// A subgraph for inputs of the given shapes.
    func subgraph(_ index: Int, _ shapes: [Shape]) throws -> Subroutine {
        try subgraphs.subroutine(index, shapes)
    }

    /// The options of the operator, which it cannot do without.
    ///
    /// - Throws: `Problem.Kind.malformed` if the file has none of this type.
    func options<Table: OptionsTable>(_ type: Table.Type) throws -> Table {
        guard let table = optionalOptions(type) else { throw malformed("it has no options") }
        return table
    }

    /// The options of the operator; nil if the file has none of this type.
    func optionalOptions<Table: OptionsTable>(_ type: Table.Type) -> Table? {
        builtinOptions?.as(type)
    }

    /// The function that the options apply to the result.
    var fusedActivation: TFLiteActivation {
        builtinOptions?.table.fusedActivation ?? TFLiteActivation.none
    }

    /// An input that may be quantized.
    func input(_ index: Int) throws -> Operand {
        guard let operand = optionalInput(index) else {
            throw malformed("input \(index) is missing")
        }
        return operand
    }

    /// An input that may be absent.
    func optionalInput(_ index: Int) -> Operand? {
        inputs.indices.contains(index) ? inputs[index] : nil
    }

    /// An input of plain numbers or bool.
    func plainInput(_ index: Int) throws -> Operand {
        let operand = try input(index)
        guard operand.quantization == nil else {
            throw unsupported(.quantizedElements)
        }
        return operand
    }

    /// An input of 32-bit floats.
    func floatInput(_ index: Int) throws -> Operand {
        let operand = try input(index)
        guard operand.dtype == .float32 else { throw unsupported(operand.dtype) }
        return operand
    }

    /// An input of 32-bit floats that may be absent.
    func optionalFloatInput(_ index: Int) throws -> Operand? {
        optionalInput(index) == nil ? nil : try floatInput(index)
    }

    /// The elements of an input that decides about shapes.
    ///
    /// - Throws: `UnknownElements` if only the run knows them; the operator is prepared again once they are there.
    func decidingElements(_ operand: Operand) throws -> KnownElements {
        guard let known = operand.known else { throw UnknownElements(tensor: operand.tensor) }
        return known
    }

    /// The integers that an input holds and that decide about shapes.
    func integers(_ index: Int) throws -> [Int] {
        let operand = try input(index)
        let known = try decidingElements(operand)
        guard operand.count <= 1 << 16 else { throw malformed("input \(index) is too long") }
        switch operand.dtype {
        case .int32: return known.elements(Int32.self).map { Int($0) }
        case .int64: return known.elements(Int64.self).map { Int(clamping: $0) }
        case .int16: return known.elements(Int16.self).map { Int($0) }
        default: throw unsupported(operand.dtype)
        }
    }

    /// The only integer that an input holds.
    func integer(_ index: Int) throws -> Int {
        guard let value = try integers(index).first, try input(index).count == 1 else {
            throw malformed("input \(index) must be a scalar")
        }
        return value
    }

    /// The element type that the file declares for an output.
    func declaredType(_ index: Int) -> DType? {
        outputs.indices.contains(index) ? outputs[index]?.declared.type.memoryType : nil
    }

    /// The shape that the file declares for an output.
    func declaredShape(_ index: Int) -> Shape? {
        outputs.indices.contains(index) ? outputs[index].map { Shape($0.declared.shape) } : nil
    }

    /// An output of the operator.
    ///
    /// - Parameter quantized: whether the output may be quantized, because elements are only moved.
    /// - Throws: `Problem.Kind.malformed` if the file declares another type, `tooLarge` if it exceeds the budget.
    func output(
        _ index: Int = 0, _ dtype: DType, _ shape: Shape, quantized: Bool = false
    ) throws -> Operand {
        guard outputs.indices.contains(index), let (tensor, declared) = outputs[index] else {
            throw malformed("output \(index) is missing")
        }
        guard declared.type.memoryType == dtype else {
            throw malformed(
                "output \(index) is declared as \(declared.type.schemaName), not \(dtype.rawValue)")
        }
        guard quantized || !declared.isQuantized || dtype == .float32 else {
            throw unsupported(.quantizedElements)
        }
        _ = try budget.byteCount(dtype, shape, declared.name)
        return Operand(
            tensor: tensor, dtype: dtype, shape: shape, known: nil,
            quantization: declared.isQuantized ? declared.quantization : nil)
    }

    /// The first output, a handle of a variable, which holds the variable's number.
    func handleOutput() throws -> Operand {
        guard let (tensor, declared) = outputs.first ?? nil, declared.type == .resource else {
            throw malformed("output 0 is not a handle")
        }
        return Operand(
            tensor: tensor, dtype: .int32, shape: .scalar, known: nil, quantization: nil)
    }

    /// The axis counted from the front.
    func axis(_ axis: Int, of shape: Shape) throws -> Int {
        guard let normalized = shape.normalizedAxis(axis) else {
            throw malformed("axis \(axis) is outside shape \(shape)")
        }
        return normalized
    }

    /// The value of `make`, which is nil if shapes do not fit.
    func fitting<Value>(_ make: @autoclosure () -> Value?) throws -> Value {
        guard let value = make() else {
            let shapes = inputs.map { $0.map(\.shape.description) ?? "none" }
            throw Problem(
                .invalidShape("\(code.builtin) of \(shapes.joined(separator: ", "))"))
        }
        return value
    }

    /// The name of the operator.
    private var name: String { code.customName ?? code.builtin.description }

    /// The problem of an operator that contradicts itself.
    func malformed(_ reason: String) -> Problem {
        Problem(.malformed(what: "operator \(name)", reason: reason))
    }

    /// The problem of an operator that this interpreter cannot run.
    func unsupported(_ fault: Problem.OperatorFault) -> Problem {
        Problem(
            .unsupportedOperator(name: "\(name) version \(code.version)", reason: fault))
    }

    /// The problem of an element type that this interpreter cannot compute with.
    func unsupported(_ dtype: DType) -> Problem {
        unsupported(.elementType(dtype.rawValue))
    }
}
