import Foundations
import Problems

/// Writes TFLite files.
///
/// Equal models give equal bytes. The data of constants is made while it is written, from several threads, so that a
/// model of any size needs a few megabytes of memory.
package enum TFLiteWriter {
    /// The four characters at byte 4 of a TFLite file.
    static let identifier = "TFL3"

    /// The size up to which constants lie in the FlatBuffer, whose offsets have 31 bits.
    package static let flatBufferLimit = Int(Int32.max) - 65_535

    /// Writes `model` to the file at `path`, which is replaced when all is written and stays as it is on any error.
    ///
    /// The metadata `min_runtime_version` is added if the model has none.
    ///
    /// - Parameter largestFlatBuffer: a bigger file has its constants behind the FlatBuffer.
    /// - Throws: `Problem.Kind.fileAccess` if the file cannot be written, `malformed` if the model contradicts
    ///   itself, `tooLarge` if a number does not fit its field, and what the sources of buffers throw.
    package static func write(
        _ model: TFLiteModel, to path: String, largestFlatBuffer: Int = flatBufferLimit
    ) throws {
        let file = try OutputFile(replacing: path)
        try write(model, to: file, largestFlatBuffer: largestFlatBuffer)
        try file.commit()
    }

    /// Writes `model` to a file that the caller commits, so that it can be checked before it replaces another one.
    ///
    /// - Parameters:
    ///   - threads: how many threads make the data of constants; more than four are not used.
    ///   - progress: is told on the calling thread which part of the bytes is written, 0…1; what it throws ends the work.
    /// - Returns: the size of the file in bytes.
    /// - Throws: as `write(_:to:largestFlatBuffer:)` with a path does.
    @discardableResult
    package static func write(
        _ model: TFLiteModel, to file: OutputFile, largestFlatBuffer: Int = flatBufferLimit,
        threads: ThreadBudget = .machine, progress: (Double) throws -> Void = { _ in }
    ) throws -> Int {
        let layout = try layout(of: model, largestFlatBuffer)
        try file.reserve(layout.byteCount)
        try BlockPlan(layout, threads).write(to: file, progress: progress)
        return layout.byteCount
    }

    /// The bytes of the file that `write` writes.
    ///
    /// - Throws: as `write` does, except for problems with files.
    package static func bytes(
        of model: TFLiteModel, largestFlatBuffer: Int = flatBufferLimit,
        threads: ThreadBudget = .machine, progress: (Double) throws -> Void = { _ in }
    ) throws -> [UInt8] {
        let layout = try layout(of: model, largestFlatBuffer)
        try ResourceBudget.current.require(layout.byteCount, for: "the file")
        return try [UInt8](unsafeUninitializedCapacity: layout.byteCount) { target, count in
            let whole = UnsafeMutableRawBufferPointer(target)
            try BlockPlan(layout, threads).write(
                to: OutputMemory(whole), progress: progress)
            count = layout.byteCount
        }
    }

    /// Checks that the constants are not far more than the inputs let expect; an error names the largest.
    private static func checkSize(_ model: TFLiteModel) throws {
        let sizes = model.buffers.map { $0.source?.byteCount ?? 0 }
        let total = sizes.reduce(0, saturatingSum)
        guard total > ResourceBudget.current.fileByteLimit else { return }
        let largest = sizes.indices.max { sizes[$0] < sizes[$1] }
        let tensor = model.subgraphs.lazy.flatMap(\.tensors).first {
            $0.buffer.position == largest
        }
        try ResourceBudget.current.checkFile(
            byteCount: total,
            "the file" + (tensor.map { ", with '\($0.name)' as its largest constant," } ?? ""))
    }

    private static func layout(
        of model: TFLiteModel, _ largestFlatBuffer: Int
    ) throws -> FileLayout {
        try ModelCheck(model).run()
        let version = RuntimeVersion.minimum(for: model).padded
        let complete = try model.addingMetadata("min_runtime_version", version)
        try checkSize(model)
        return try FileLayout(of: complete, largestFlatBuffer: largestFlatBuffer)
    }
}

extension TFLiteModel {
    /// This model with a named buffer, unless it has one of that name.
    func addingMetadata(_ name: String, _ bytes: [UInt8]) throws -> TFLiteModel {
        guard !metadata.contains(where: { $0.name == name }) else { return self }
        var model = self
        model.metadata.append(TFLiteMetadata(name: name, buffer: model.add(TFLiteBuffer(bytes))))
        return model
    }

    /// The name of an operator's kind: `CONV_2D`, or the name of a custom operator.
    package func name(of node: TFLiteOperator) -> String {
        guard operatorCodes.indices.contains(node.opcodeIndex.position) else {
            return "unknown"
        }
        let code = self[node.opcodeIndex]
        return code.customName ?? code.builtin.description
    }
}
