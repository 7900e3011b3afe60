import CFuzzer
import Foundations

/// The readers by the names that `--reader=NAME` takes.
private let targets: [String: any FuzzTarget.Type] = [
    "archive": ArchiveTarget.self,
    "arrays": ArraysTarget.self,
    "array": ArrayTarget.self,
    "checkpoint": CheckpointIndexTarget.self,
    "configuration": ConfigurationTarget.self,
    "hdf5": HDF5Target.self,
    "image": ImageTarget.self,
    "json": JSONTarget.self,
    "model": ModelTarget.self,
    "protobuf": ProtobufTarget.self,
    "python": PythonCodeTarget.self,
    "saved": SavedModelTarget.self,
    "table": TableTarget.self,
    "tflite": LiteModelTarget.self,
    "yaml": YAMLTarget.self,
]

/// The reader that the command line names; libFuzzer itself ignores arguments with two hyphens.
private let target: any FuzzTarget.Type = {
    let option = "--reader="
    let name = CommandLine.arguments.first { $0.hasPrefix(option) }?.dropFirst(option.count) ?? ""
    guard let target = targets[String(name)] else {
        print("--reader=NAME, one of: \(targets.keys.sorted().joined(separator: " "))")
        exit(64)
    }
    return target
}()

/// Reads arbitrary bytes; libFuzzer calls this with mutations of its corpus.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    target.run(UnsafeBufferPointer(start: data, count: size))
    return 0
}

/// Mutates an input in place, in one case of four as libFuzzer does by itself.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: CUnsignedInt
) -> Int {
    var generator = SplitMix64(seed: UInt64(seed))
    guard Int.random(in: 0..<4, using: &generator) > 0 else {
        return LLVMFuzzerMutate(data, size, limit)
    }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let mutated = target.mutated(bytes, &generator), !mutated.isEmpty, mutated.count <= limit
    else { return LLVMFuzzerMutate(data, size, limit) }
    _ = UnsafeMutableBufferPointer(start: data, count: mutated.count).update(from: mutated)
    return mutated.count
}
