import TFLiteFormat

extension Target {
    /// The targets with a name, in the order in which they are listed; releases of TFLite come beside them.
    ///
    /// Their tables are made when they are asked for.
    package static let named: [(name: String, target: @Sendable () -> Target)] = [
        ("litert", { .liteRT }), ("gpu", { .gpu }), ("edgetpu", { .edgeTPU }), ("tflm", { .micro }),
        ("tflm-arduino", { .microArduino }), ("tflm-esp", { .microESP }),
        ("tflm-pico", { .microPico }), ("tflm-zephyr", { .microZephyr }),
    ]

    /// The target of a name: one of `named`, or a release of the TFLite runtime such as `tflite-2.5`; nil for others.
    package init?(named name: String) {
        if let known = Self.named.first(where: { $0.name == name }) {
            self = known.target()
        } else if let version = name.dropping("tflite-"), let release = Self.release(version) {
            self = .liteRT(release)
        } else {
            return nil
        }
    }

    /// A release from 1.14 on, with two or three parts.
    private static func release(_ text: Substring) -> RuntimeVersion? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let numbers = parts.compactMap { $0 }
        guard numbers.count == parts.count, (2...3).contains(numbers.count),
            numbers[0] > 1 || numbers[0] == 1 && numbers[1] >= 14
        else { return nil }
        return RuntimeVersion(
            major: numbers[0], minor: numbers[1], patch: numbers.count > 2 ? numbers[2] : 0)
    }

    /// The TFLite runtime of a release: what LiteRT runs, as far as the release had it.
    private static func liteRT(_ release: RuntimeVersion) -> Target {
        Target(
            name: "TFLite \(release.text)", release: release,
            operators: liteRT.operators.filter {
                RuntimeVersion.highestVersion(of: $0.key, in: release) > 0
            }, isPartial: true
        ) { use in
            RuntimeVersion.floor(of: use.builtin, inputs: use.inputs, outputs: use.outputs).flatMap
            {
                release < $0 ? "its operands are taken from TFLite \($0.text) on" : nil
            }
        }
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
