import Interpreter

/// Loads and runs arbitrary bytes as a `.tflite` file; libFuzzer calls this with mutations of its corpus.
///
/// Any outcome but an error or a result is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzedModel.run(UnsafeBufferPointer(start: data, count: size))
    return 0
}

/// Loads and runs a model of any contents.
private enum FuzzedModel {
    /// Small enough that no operator of a hostile file computes for long.
    private static let options = LiteModel.Options(threads: 1, memoryLimit: 1 << 18)

    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let model = try? LiteModel(bytes: Array(bytes), options: options) else { return }
        run(model)
        for signature in model.signatures.prefix(2) {
            if let entry = try? model.entryPoint(signature.key), entry !== model { run(entry) }
        }
    }

    private static func run(_ model: LiteModel) {
        guard let session = try? model.makeSession() else { return }
        for _ in 0..<2 {
            let tensors = zip(model.inputs, session.inputShapes).compactMap(ones)
            guard (try? session.run(tensors)) != nil else { return }
        }
        guard let first = session.inputShapes.first, !first.isEmpty else { return }
        guard (try? session.resizeInput(0, to: [2] + first.dropFirst())) != nil else { return }
        _ = try? session.run(zip(model.inputs, session.inputShapes).compactMap(ones))
    }

    /// A tensor whose bytes are all 1.
    private static func ones(_ input: LiteTensorDescription, _ shape: [Int]) -> LiteTensor? {
        let size = shape.reduce(input.elementType.byteCount, *)
        return [UInt8](repeating: 1, count: size).withUnsafeBytes {
            try? LiteTensor(bytes: $0, elementType: input.elementType, shape: shape)
        }
    }
}
