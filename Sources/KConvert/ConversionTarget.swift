import Targets

/// A runtime that a file is made for.
public struct ConversionTarget: Sendable, Hashable, CustomStringConvertible {
    /// The name: one of `all`, or a release of the TFLite runtime such as `tflite-2.5`.
    public let name: String

    /// The target of a name; nil if there is none.
    public init?(_ name: String) {
        guard Target(named: name) != nil else { return nil }
        self.name = name
    }

    private init(known name: String) {
        self.name = name
    }

    /// LiteRT with its default CPU delegate, for which files are made by default.
    public static let liteRT = ConversionTarget(known: "litert")
    /// TensorFlow Lite Micro.
    public static let micro = ConversionTarget(known: "tflm")

    /// The Coral Edge TPU, whose files are quantized to int8.
    public static let edgeTPU = ConversionTarget(known: "edgetpu")

    /// The targets with names of their own.
    public static let all = Target.named.map { ConversionTarget(known: $0.name) }

    /// The names of `all` and how releases are named, for texts.
    public static let list =
        all.map(\.name).joined(separator: ", ") + ", or a release such as tflite-2.5"

    /// The name.
    public var description: String { name }

    /// What the name stands for.
    var target: Target { Target(named: name) ?? .liteRT }

    /// Whether it is TensorFlow Lite Micro or a snapshot of it.
    public var isMicrocontroller: Bool { name.hasPrefix("tflm") }

    /// Whether the runtime needs to know every extent, so that no batch is dynamic.
    public var isStatic: Bool { target.isStatic }
}

extension ConversionOptions {
    /// What runs the file: the limits of all targets together.
    ///
    /// What a delegate does not take runs beside it, so that it sets no limits but known sizes.
    var target: Target {
        let all = targets.map(\.target)
        var target =
            all.filter { !$0.fallsBack }.reduce(Target?.none) {
                $0?.intersection($1) ?? $1
            } ?? .liteRT
        target.isStatic = all.contains(where: \.isStatic)
        return target
    }
}
