import Interpreter

/// What `kconvert run` prints about one output.
struct OutputText {
    private let name: String
    private let tensor: LiteTensor
    private let top: Int?
    private let labels: Labels?

    /// How the file stores the elements, as `int8, scale 0.5, zero point 3`.
    private let storage: String

    /// - Parameter description: the output; integers that stand for real numbers are shown as these.
    init(
        _ name: String, _ tensor: LiteTensor, _ description: LiteTensorDescription, top: Int?,
        labels: Labels? = nil
    ) {
        self.name = name
        self.tensor = description.reals(of: tensor)
        storage =
            ([tensor.elementType.rawValue]
            + [description.quantization?.description]
            .compactMap { $0 }).joined(separator: ", ")
        self.top = top
        self.labels = labels
    }

    /// The name, the shape, and for each record the first or the largest elements.
    var text: String {
        let values = tensor.doubles
        let shape = tensor.shape.map(String.init).joined(separator: "×")
        let header = "\(name)  \(shape.isEmpty ? "scalar" : shape)  \(storage)"
        let records = tensor.shape.count > 1 ? tensor.shape[0] : 1
        guard records > 0, !values.isEmpty else { return header }
        let size = values.count / records
        let lines = (0..<records).map { record in
            line(Array(values[record * size..<(record + 1) * size]))
        }
        return ([header] + lines).joined(separator: "\n")
    }

    private func line(_ values: [Double]) -> String {
        func number(_ index: Int) -> String { tensor.elementType.text(values[index]) }
        guard let top else {
            let shown = values.indices.prefix(8).map(number).joined(separator: " ")
            return "  " + shown + (values.count > 8 ? " …" : "")
        }
        let best = values.indices.sorted { values[$0] > values[$1] }.prefix(top)
        let named = best.map { "\(labels?.name(of: $0) ?? String($0)): \(number($0))" }
        return "  " + named.joined(separator: "  ")
    }
}
