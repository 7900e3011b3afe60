import Problems
import Tensors

extension LiteModel {
    /// The outputs for records of a model with one input and one output of floats, or of integers that stand for reals.
    ///
    /// - Parameter records: the numbers of each record in row-major order, as many as the input has behind its first axis.
    public func predict(_ records: [[Float]]) throws(LiteModelError) -> [[Float]] {
        guard !records.isEmpty else { return [] }
        guard inputs.count == 1, outputs.count == 1 else {
            throw LiteModelError.usage(
                "the model has \(inputs.count) inputs and \(outputs.count) outputs, not one of each",
                remedy: "Give records with names, or tensors.")
        }
        let input = inputs[0]
        guard input.holdsReals, outputs[0].holdsReals else {
            throw LiteModelError.usage(
                "the model takes \(input) and gives \(outputs[0])",
                remedy: "Give records with names, which are converted, or tensors.")
        }
        let results = try predict([try tensor(records, for: input)])
        return try lists(
            outputs[0].reals(of: results[0]), count: records.count, of: outputs[0].name)
    }

    /// The output for one record of a model with one float input and one float output.
    public func predictSingle(_ record: [Float]) throws(LiteModelError) -> [Float] {
        try predict([record])[0]
    }

    /// The outputs for records of a model with any number of inputs and outputs, by name.
    ///
    /// - Parameters:
    ///   - records: the numbers of each input, under its name in the signature or in the file; converted to its type.
    ///   - signature: the entry point that is meant; by default the first one of this subgraph.
    /// - Returns: for each record the numbers of each output.
    public func predict(
        _ records: [[String: [Float]]], signature: String? = nil
    ) throws(LiteModelError) -> [[String: [Float]]] {
        guard let first = records.first else { return [] }
        let model = try signature.map(entryPoint) ?? self
        var batch: [String: LiteTensor] = [:]
        for name in first.keys {
            let input = model.inputs[try model.ports.position(ofInput: name, signature)]
            batch[name] = try tensor(records.map { $0[name] ?? [] }, for: input)
        }
        var results = [[String: [Float]]](repeating: [:], count: records.count)
        for (name, output) in try predict(batch, signature: signature) {
            let described = zip(model.ports.outputNames(signature), model.outputs).first {
                $0.0 == name
            }
            let reals = described?.1.reals(of: output) ?? output
            let lists = try lists(reals, count: records.count, of: name)
            for (index, list) in lists.enumerated() { results[index][name] = list }
        }
        return results
    }

    /// The outputs for one record of a model with any number of inputs and outputs, by name.
    public func predictSingle(
        _ record: [String: [Float]], signature: String? = nil
    ) throws(LiteModelError) -> [String: [Float]] {
        try predict([record], signature: signature)[0]
    }

    /// Lists of numbers as records of an input.
    private func tensor(
        _ records: [[Float]], for input: LiteTensorDescription
    ) throws(LiteModelError) -> LiteTensor {
        let shape = Array(input.fileShape.dropFirst())
        let length = Shape(shape).elementCount
        if let wrong = records.firstIndex(where: { $0.count != length }) {
            throw LiteModelError.usage(
                "record \(wrong) has \(records[wrong].count) numbers, '\(input.name)' takes "
                    + "\(length)", remedy: "")
        }
        let numbers = Tensor(Array(records.joined()), Shape([records.count] + shape))
        if input.quantization != nil, let reals = LiteTensor(numbers) {
            return input.integers(of: reals)
        }
        guard !input.shape.isEmpty,
            let tensor = LiteTensor(Constant(numbers, as: input.elementType.dtype).tensor())
        else {
            throw LiteModelError.usage(
                "the input '\(input.name)' has no axis of records", remedy: "Give a tensor.")
        }
        return tensor
    }

    /// The records of an output as lists of floats.
    private func lists(
        _ output: LiteTensor, count: Int, of name: String
    ) throws(LiteModelError) -> [[Float]] {
        guard output.shape.first == count else {
            throw LiteModelError.usage(
                "the output '\(name)' is \(output), not \(count) records", remedy: "Give tensors.")
        }
        let values = Constant(output.tensor, as: .float32).tensor().array(of: Float.self)
        let length = values.count / count
        return (0..<count).map { Array(values[$0 * length..<($0 + 1) * length]) }
    }
}

extension LiteTensorDescription {
    /// Whether the elements are, or stand for, real numbers.
    fileprivate var holdsReals: Bool { elementType == .float32 || quantization != nil }
}
