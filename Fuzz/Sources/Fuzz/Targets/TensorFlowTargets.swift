import Archives
import Foundations
import KConvert
import TensorFlowFiles

/// Reads messages of TensorFlow: descriptions of Keras objects, lookup tables, and object graphs of checkpoints.
enum ProtobufTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        let bytes = UnsafeRawBufferPointer(bytes)
        limits.apply {
            _ = try? KerasMetadata.objects(metadata: bytes)
            _ = try? KerasMetadata.objects(savedModel: bytes)
            if let objects = try? SavedObjects(savedModel: bytes) {
                for node in 0..<12 {
                    _ = try? objects.path(to: node)
                    _ = try? objects.table(ofLayer: node)
                }
            }
            guard let graph = try? ObjectGraph(bytes), !graph.nodes.isEmpty else { return }
            _ = graph.child("layer", of: 0)
        }
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        ProtobufMutator.mutated(bytes, &generator)
    }
}

/// Reads the index of a checkpoint.
enum CheckpointIndexTarget: FuzzTarget {
    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = try? limits.apply { try BundleIndex(UnsafeRawBufferPointer(bytes)) }
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        CheckpointIndexMutator.mutated(bytes, &generator)
    }
}

/// Converts a SavedModel, with verification; an input is a zip archive of its files.
enum SavedModelTarget: FuzzTarget {
    private static let largestFile = 1 << 20
    private static let files = [
        "saved_model.pb", "keras_metadata.pb", "variables/variables.index",
        "variables/variables.data-00000-of-00001",
    ]

    static func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let file = try? MappedFile(copying: Array(bytes), name: "model.zip"),
            let archive = try? ZipArchive(file)
        else { return }
        let folder = "/dev/shm/kconvert-fuzz-\(getpid()).saved"
        mkdir(folder, 0o700)
        mkdir(folder + "/variables", 0o700)
        for name in files {
            guard let member = archive.members.first(where: { $0.name == name }),
                member.byteCount <= largestFile, let contents = try? archive.contents(of: member)
            else { continue }
            write(UnsafeRawBufferPointer(contents.mutableBytes), to: "\(folder)/\(name)")
        }
        ModelTarget.convert(ModelSource(.path(folder)))
        for name in files { unlink("\(folder)/\(name)") }
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        ZipMutator.mutated(bytes, &generator) { name, contents, generator in
            if name.hasSuffix(".pb") { return ProtobufMutator.mutated(contents, &generator) }
            return name.hasSuffix(".index")
                ? CheckpointIndexMutator.mutated(contents, &generator) : nil
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { return }
        _ = Foundations.write(descriptor, bytes.baseAddress, bytes.count)
        close(descriptor)
    }
}
