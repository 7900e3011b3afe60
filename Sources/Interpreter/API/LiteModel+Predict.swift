import Problems
import Tensors

extension LiteModel {
    /// The outputs for any number of records.
    ///
    /// Up to 64 records are run together where the first extent of the inputs is free, else as many as the file says.
    /// Variables start anew with each run, so that no record depends on another; a session keeps them from run to run.
    ///
    /// - Parameter batch: one tensor for each input, with the records along the first axis of each.
    /// - Returns: one tensor for each output, with the records along the first axis of each.
    /// - Throws: `LiteModelError` where the tensors do not fit the model.
    public func predict(_ batch: [LiteTensor]) throws -> [LiteTensor] {
        try withSession { session in
            try LiteModelError.wrapping { try predict(batch, session) }
        }
    }

    /// The outputs for any number of records, with inputs and outputs by name.
    ///
    /// - Parameters:
    ///   - batch: one tensor for each input, under its name in the signature or in the file.
    ///   - signature: the entry point whose names are meant; by default the first one that the file has.
    public func predict(
        _ batch: [String: LiteTensor], signature: String? = nil
    ) throws -> [String: LiteTensor] {
        try withSession { session in
            let ordered = try session.arrange(batch, signature: signature)
            let results = try LiteModelError.wrapping { try predict(ordered, session) }
            var named: [String: LiteTensor] = [:]
            for (name, tensor) in zip(session.outputNames(signature), results) {
                named[name] = tensor
            }
            return named
        }
    }

    /// The outputs for records of a model with one float input and one float output.
    public func predict(_ records: [[Float]]) throws -> [[Float]] {
        guard !records.isEmpty else { return [] }
        let results = try predict([try record(of: records)])
        guard let result = results.first, results.count == 1 else { throw notSingle() }
        let values = try result.values(of: Float.self)
        let length = values.count / records.count
        guard length * records.count == values.count else { throw notSingle() }
        return records.indices.map { Array(values[$0 * length..<($0 + 1) * length]) }
    }

    /// The output for one record of a model with one float input and one float output.
    public func predictSingle(_ record: [Float]) throws -> [Float] {
        guard let result = try predict([record]).first else { throw notSingle() }
        return result
    }

    /// The outputs for records of a model with any number of inputs and outputs, by name.
    ///
    /// - Parameters:
    ///   - records: the numbers of each input, under its name in the signature or in the file; converted to its type.
    ///   - signature: the entry point whose names are meant; by default the first one that the file has.
    /// - Returns: for each record the numbers of each output.
    public func predict(
        _ records: [[String: [Float]]], signature: String? = nil
    ) throws -> [[String: [Float]]] {
        guard let first = records.first else { return [] }
        var batch: [String: LiteTensor] = [:]
        for name in first.keys {
            batch[name] = try withSession { session in
                try tensor(
                    records.map { $0[name] ?? [] }, for: try session.input(name, signature))
            }
        }
        let results = try predict(batch, signature: signature)
        var lists = [[String: [Float]]](repeating: [:], count: records.count)
        for (name, result) in results {
            let values = Constant(result.tensor, as: .float32).tensor().array(of: Float.self)
            let length = values.count / records.count
            guard result.shape.first == records.count else { throw notSingle() }
            for index in records.indices {
                lists[index][name] = Array(values[index * length..<(index + 1) * length])
            }
        }
        return lists
    }

    /// The outputs for one record of a model with any number of inputs and outputs, by name.
    public func predictSingle(
        _ record: [String: [Float]], signature: String? = nil
    ) throws -> [String: [Float]] {
        guard let result = try predict([record], signature: signature).first else {
            throw notSingle()
        }
        return result
    }

    /// Lists of numbers as records of an input.
    private func tensor(
        _ records: [[Float]], for input: LiteTensorDescription
    ) throws -> LiteTensor {
        let shape = Array(input.shape.dropFirst())
        let length = Shape(shape).elementCount
        guard !input.shape.isEmpty, records.allSatisfy({ $0.count == length }) else {
            throw LiteModelError(
                Problem(
                    .invalidArgument(
                        "a record of '\(input.name)' has \(length) numbers", remedy: "")))
        }
        let numbers = Tensor(Array(records.joined()), Shape([records.count] + shape))
        let converted = Constant(numbers, as: input.elementType.dtype).tensor()
        guard let tensor = LiteTensor(converted) else { throw notSingle() }
        return tensor
    }

    /// The records as one tensor of the shape of the only input.
    private func record(of records: [[Float]]) throws -> LiteTensor {
        guard inputs.count == 1, let shape = inputs.first?.shape, !shape.isEmpty else {
            throw notSingle()
        }
        let length = Shape(Array(shape.dropFirst())).elementCount
        guard records.allSatisfy({ $0.count == length }) else {
            throw LiteModelError(
                Problem(.invalidArgument("a record has \(length) numbers", remedy: "")))
        }
        return try LiteTensor(
            Array(records.joined()), shape: [records.count] + shape.dropFirst())
    }

    private func notSingle() -> LiteModelError {
        LiteModelError(
            Problem(
                .invalidArgument(
                    "the model has not one float input and one float output, both with records",
                    remedy: "Give the inputs as tensors.")))
    }

    /// The most records that a model with a free batch runs together.
    private var largestPart: Int { 64 }

    private func predict(_ batch: [LiteTensor], _ session: LiteSession) throws -> [LiteTensor] {
        let count = batch.first?.shape.first ?? 1
        let isFree = inputs.allSatisfy { $0.shapeSignature.first == -1 }
        let size = isFree ? min(count, largestPart) : inputs.first?.shape.first ?? 1
        if count == size || batch.count != inputs.count
            || batch.contains(where: { $0.shape.first != count })
        {
            return try session.run(batch)
        }
        return try predictInParts(batch, count: count, size: max(size, 1), session)
    }

    /// Runs parts of `size` records, the last one filled up with zeros.
    private func predictInParts(
        _ batch: [LiteTensor], count: Int, size: Int, _ session: LiteSession
    ) throws -> [LiteTensor] {
        var parts: [[LiteTensor]] = []
        for first in stride(from: 0, to: max(count, 1), by: size) {
            let part = batch.map { $0.records(from: first, count: size) }
            session.resetVariables()
            parts.append(try session.run(part))
        }
        return try outputs.indices.map { output in
            let pieces = parts.map { $0[output] }
            guard let piece = pieces.first, piece.shape.first == size else { throw notSingle() }
            return LiteTensor.joining(pieces, count: count)
        }
    }
}

extension LiteTensor {
    /// The records from `first` on; zeros where there are too few.
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

    private init(elementType: LiteElementType, tensor: Tensor) {
        self.elementType = elementType
        self.tensor = tensor
    }
}
