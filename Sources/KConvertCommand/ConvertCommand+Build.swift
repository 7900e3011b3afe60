import Interpreter
import KConvert

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ConvertCommand {
    /// Whether the outputs are what would be written now; says why if one is not.
    func isUpToDate(_ destination: ConversionDestination, _ progress: ProgressLine) throws -> Bool {
        var converter = try converter()
        converter.options.verification = .off
        converter.options.verificationData = nil
        converter.options.checksWeights = false
        converter.options.quantization?.savedStatistics = nil
        let expected = try converter.convert(files.source) {
            progress.show($0)
            return .proceed
        }.bytes
        progress.clear()
        if case .file(let path) = destination, try !isUpToDate(path, expected) { return false }
        let file = ModelSource.File.bytes(expected, name: destination.name)
        return try microcontroller.sources(of: file, destination).allSatisfy {
            try isUpToDate($0.path, Array($0.text.utf8))
        }
    }

    private func isUpToDate(_ path: String, _ expected: [UInt8]) throws -> Bool {
        let found: Data
        do {
            found = try Data(contentsOf: URL(filePath: path))
        } catch {
            return stale(path, "it is missing")
        }
        if found.elementsEqual(expected) {
            if !summary.quiet { Command.printForPeople("\(path) is up to date.") }
            return true
        }
        guard found.count == expected.count else {
            return stale(path, "it has \(found.count) bytes instead of \(expected.count)")
        }
        let position = zip(found, expected).prefix { $0 == $1 }.count
        return stale(path, "it differs from byte \(position) on")
    }

    private func stale(_ path: String, _ reason: String) -> Bool {
        if !summary.quiet { Command.printError("\(path) is not up to date: \(reason).") }
        return false
    }

    /// Writes Swift code for the written file.
    func writeAccessor(_ destination: ConversionDestination) throws {
        guard let path = destination.path, let accessor = build.emitSwift else { return }
        let model = try LiteModel(contentsOf: path)
        let code = SwiftAccessor(model, name: build.swiftName, path: path)
        try Command.writeFile(code.text, to: accessor)
    }

    /// Writes the rule that names all files that were read.
    func writeDependencies(
        of report: ConversionReport, _ destination: ConversionDestination
    ) throws {
        guard let depfile = build.depfile else { return }
        let inputs = [build.config].compactMap { $0 } + report.inputFiles
        let rule = DependencyRule(output: destination.name, inputs: inputs)
        try Command.writeFile(rule.text, to: depfile)
    }
}
