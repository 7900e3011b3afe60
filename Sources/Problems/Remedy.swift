/// What the reader can do about a problem.
///
///     Problem(.unsupported(what: "…", remedy: "Fix the sizes with \(.inputShapes)."))
///
/// Settings are data, since Swift and the command line spell them differently.
package struct Remedy: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// Something that the caller can set or ask for; the text is how it is spelled in Swift.
    package enum Setting: String, Sendable, CaseIterable {
        case inputShapes = "ConversionOptions.inputShapes"
        case batch = "ConversionOptions.batch"
        case dynamicBatch = "ConversionOptions.Batch.dynamic"
        case until = "ConversionOptions.until"
        case lambda = "Converter.registerLambda"
        case layerClass = "Converter.registerClass"
        case disabledPasses = "ConversionOptions.disabledPasses"
        case passList = "Converter.passes"
        case inspection = "Inspection"
        case running = "LiteModel"
        case noVerification = "ConversionOptions.Verification.off"
        case samples = "QuantizationOptions.samples"
        case noise = "CalibrationSamples.random"
        case savedStatistics = "QuantizationOptions.savedStatistics"
        case interface = "QuantizationOptions.interface"
        case floatLayers = "QuantizationOptions.floatLayers"
        case force = "QuantizationOptions.isForced"
        case memoryLimit = "ResourceLimits.memory"
        case stepLimit = "ResourceLimits.steps"
        case timeLimit = "ResourceLimits.seconds"
    }

    fileprivate enum Part: Sendable, Equatable {
        case text(String)
        case setting(Setting)
    }

    private var parts: [Part]

    /// A remedy in words; empty if nothing helps.
    package init(_ text: String) {
        parts = text.isEmpty ? [] : [.text(text)]
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    package init(stringInterpolation interpolation: StringInterpolation) {
        parts = interpolation.parts
    }

    package static func + (left: Remedy, right: Remedy) -> Remedy {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    /// Whether nothing helps.
    package var isEmpty: Bool { parts.isEmpty }

    /// Whether it names a setting.
    package var hasSettings: Bool {
        parts.contains { if case .setting = $0 { true } else { false } }
    }

    /// The words, with settings as `name` spells them.
    func text(naming name: (Setting) -> String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .setting(let setting): name(setting)
            }
        }.joined()
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { parts.append(.text(text)) }
        }

        package mutating func appendInterpolation(_ setting: Setting) {
            parts.append(.setting(setting))
        }

        package mutating func appendInterpolation(_ value: some Any) {
            parts.append(.text("\(value)"))
        }
    }
}

extension Remedy: CustomStringConvertible {
    package var description: String { text(naming: \.rawValue) }
}
