import Foundations
import Interpreter

/// Loads and runs a `.tflite` file of any contents.
enum LiteModelTarget: FuzzTarget {
    /// Small enough that no operator of a hostile file computes for long.
    private static let options = LiteModel.Options(threads: 1, memoryLimit: 1 << 18)

    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        limits.apply { load(bytes) }
    }

    private static func load(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let model = try? LiteModel(bytes: Array(bytes), options: options) else { return }
        run(model)
        for signature in model.signatures.prefix(2) {
            if let entry = try? model.entryPoint(signature.key), entry !== model { run(entry) }
        }
    }

    /// FlatBuffers consist of aligned words, most of them offsets, lengths and numbers of tensors.
    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where bytes.count >= 8 {
            let start = Int.random(in: 0..<bytes.count / 4, using: &generator) * 4
            Fields.overwrite(&result, in: start..<start + 4, places: [], &generator)
        }
        return result
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
