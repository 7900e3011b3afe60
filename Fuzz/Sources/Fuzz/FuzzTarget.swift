import CFuzzer
import Foundations
import Interpreter
import KConvert

/// A reader that libFuzzer feeds.
protocol FuzzTarget: Sendable {
    /// Reads arbitrary bytes; any outcome but an error or a result is a finding.
    static func run(_ bytes: UnsafeBufferPointer<UInt8>)

    /// A mutation of bytes that keeps to their format, checksums included; nil for libFuzzer's own.
    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]?
}

extension FuzzTarget {
    /// Limits that are far below what libFuzzer lets an input take.
    static var options: ConversionOptions {
        var options = ConversionOptions()
        options.limits = limits
        return options
    }

    static var limits: ResourceLimits {
        var limits = ResourceLimits()
        limits.memory = 1 << 30
        limits.steps = 500_000_000
        return limits
    }

    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? { nil }

    /// Calls `body` under the limits with the path of a file of these bytes, which is in memory.
    static func withFile(
        _ bytes: UnsafeBufferPointer<UInt8>, ending: String, _ body: (String) throws -> Void
    ) {
        let path = "/dev/shm/kconvert-fuzz-\(getpid()).\(ending)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, bytes.baseAddress, bytes.count)
        close(descriptor)
        try? limits.apply { try body(path) }
        unlink(path)
    }
}

/// libFuzzer's own mutation of bytes.
func libFuzzerMutation(_ bytes: [UInt8], growth: Int = 64) -> [UInt8] {
    var buffer = bytes + [UInt8](repeating: 0, count: growth)
    let count = LLVMFuzzerMutate(&buffer, bytes.count, buffer.count)
    return Array(buffer.prefix(count))
}
