import TFLiteFormat
import Tensors

/// What the subgraphs of a model share: buffers and operator codes.
final class ModelParts {
    private(set) var model = TFLiteModel()
    private var operatorCodes: [TFLiteOperatorCode: OperatorCodeIndex] = [:]
    private var buffers = ConstantPool<BufferIndex>()

    /// Real numbers, by an index that equal ones share, and how they are stored.
    private struct StoredNumbers: Hashable {
        let index: Int
        let storage: Storage
    }
    private var constants = ConstantPool<Int>()
    private var storedBuffers: [StoredNumbers: BufferIndex] = [:]

    init() {
        model.description = TFLiteModel.ownDescription
    }

    /// Takes the next index of a subgraph, to be set later.
    func reserveSubgraph() -> Int {
        model.subgraphs.append(TFLiteSubgraph(name: ""))
        return model.subgraphs.count - 1
    }

    /// Sets a subgraph.
    func set(_ subgraph: TFLiteSubgraph, at index: Int) {
        model.subgraphs[index] = subgraph
    }

    /// Names the inputs and outputs of the first subgraph.
    func set(_ signature: TFLiteSignature) {
        model.signatures = [signature]
    }

    /// The index of an operator code.
    func index(of code: TFLiteOperatorCode) -> OperatorCodeIndex {
        if let known = operatorCodes[code] { return known }
        let index = model.add(code)
        operatorCodes[code] = index
        return index
    }

    /// The buffer of a stored constant; equal ones share it.
    func buffer(for constant: StoredConstant) -> BufferIndex {
        let numbers = StoredNumbers(
            index: constants.index(equalTo: constant.constant) { storedBuffers.count },
            storage: Self.sharedStorage(of: constant))
        if let known = storedBuffers[numbers] { return known }
        let index = model.add(TFLiteBuffer(constant))
        storedBuffers[numbers] = index
        return index
    }

    /// A storage that gives the same bytes; biases of zeros have the same whatever their scales.
    private static func sharedStorage(of constant: StoredConstant) -> Storage {
        guard case .integer(let bits, let isSigned, let parameters) = constant.storage,
            parameters.zeroPoints.allSatisfy({ $0 == 0 }),
            constant.constant.shape.elementCount <= 1 << 16,
            constant.constant.extremes().allSatisfy({ $0.low == 0 && $0.high == 0 })
        else { return constant.storage }
        return .integer(bits: bits, isSigned: isSigned, QuantizationParameters(scale: 1))
    }

    /// The buffer of a constant; equal ones share it.
    func buffer(for constant: Constant) -> BufferIndex {
        buffers.index(equalTo: constant) {
            // The outermost axis is the one that is written in pieces.
            let dims = Array(constant.shape.dims.drop { $0 == 1 })
            return model.add(TFLiteBuffer(constant.reshaped(Shape(dims))))
        }
    }
}
