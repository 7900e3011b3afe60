import Problems
import Tensors

extension LiteModel {
    /// The outputs for any number of records.
    ///
    /// Up to 64 records are run together if the first extent of the inputs is free, otherwise as many as the file says.
    /// Variables are reset before each run, so that no record depends on another; a session keeps them from run to run.
    ///
    /// - Parameter batch: one tensor for each input, with the records along the first axis of each.
    /// - Returns: one tensor for each output, with the records along the first axis of each.
    /// - Throws: `LiteModelError` if the tensors do not fit the model.
    public func predict(_ batch: [LiteTensor]) throws(LiteModelError) -> [LiteTensor] {
        try withSession { try predict(batch, $0) }
    }

    /// The outputs for any number of records, with inputs and outputs by name.
    ///
    /// - Parameters:
    ///   - batch: one tensor for each input, under its name in the signature or in the file.
    ///   - signature: the entry point that is meant; by default the first one of this subgraph.
    public func predict(
        _ batch: [String: LiteTensor], signature: String? = nil
    ) throws(LiteModelError) -> [String: LiteTensor] {
        let model = try signature.map(entryPoint) ?? self
        let results = try model.predict(model.arranged(batch, signature))
        return Dictionary(
            zip(model.ports.outputNames(signature), results),
            uniquingKeysWith: { first, _ in first })
    }

    private func arranged(
        _ batch: [String: LiteTensor], _ signature: String?
    ) throws(LiteModelError) -> [LiteTensor] {
        try LiteModelError.wrapping { try ports.arrange(batch, signature: signature) }
    }

    /// The most records that a model with a free batch runs together.
    ///
    /// More than fit 64 MiB would only fall out of the caches.
    private var largestPart: Int {
        max(min(64, (64 << 20) / max(plans.initial.layout.byteCount, 1)), 1)
    }

    private func predict(_ batch: [LiteTensor], _ session: LiteSession) throws -> [LiteTensor] {
        let count = batch.first?.shape.first ?? 1
        let isFree = inputs.allSatisfy(\.hasFreeBatch)
        let size = max(isFree ? min(count, largestPart) : inputs.first?.shape.first ?? 1, 1)
        if count == size || batch.count != inputs.count
            || batch.contains(where: { $0.shape.first != count })
        {
            return try session.run(batch)
        }
        return try predictInParts(batch, count: count, size: size, isFree: isFree, session)
    }

    /// Runs parts of `size` records; the last one is shorter or, if the batch is not free, filled up with zeros.
    private func predictInParts(
        _ batch: [LiteTensor], count: Int, size: Int, isFree: Bool, _ session: LiteSession
    ) throws -> [LiteTensor] {
        var parts: [[LiteTensor]] = []
        for first in stride(from: 0, to: max(count, 1), by: size) {
            let length = isFree ? max(min(size, count - first), 1) : size
            let part = batch.map { $0.records(from: first, count: length) }
            session.resetVariables()
            let results = try session.run(part)
            for (result, output) in zip(results, outputs) where result.shape.first != length {
                throw LiteModelError.usage(
                    "the output '\(output.name)' has no records along its first axis",
                    remedy: "Run the model with as many records as it takes at once.")
            }
            parts.append(results)
        }
        return outputs.indices.map { output in
            LiteTensor.joining(parts.map { $0[output] }, count: count)
        }
    }
}

extension LiteTensor {
    /// The records from `first` on; zeros if there are too few.
    fileprivate func records(from first: Int, count: Int) -> LiteTensor {
        var shape = tensor.shape
        let size = self.count / max(shape[0], 1) * tensor.dtype.byteCount
        let available = min(count, max(shape[0] - first, 0))
        shape[0] = count
        return replacing(shape) { target in
            tensor.withBytes { source in
                target.copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: source[first * size..<(first + available) * size]))
            }
        }
    }

    /// The first `count` records of all pieces.
    fileprivate static func joining(_ pieces: [LiteTensor], count: Int) -> LiteTensor {
        var shape = pieces[0].tensor.shape
        shape[0] = count
        return pieces[0].replacing(shape) { target in
            var offset = 0
            for piece in pieces {
                piece.withUnsafeBytes { source in
                    let size = min(source.count, target.count - offset)
                    UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: source.prefix(size)))
                    offset += size
                }
            }
        }
    }

    private func replacing(
        _ shape: Shape, fill: (UnsafeMutableRawBufferPointer) -> Void
    ) -> LiteTensor {
        LiteTensor(
            elementType: elementType,
            tensor: Tensor(dtype: tensor.dtype, shape: shape, fill: fill))
    }
}
