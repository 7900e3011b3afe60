import Tensors

/// What `kconvert run` prints of one output.
struct OutputText {
    private let name: String
    private let array: Tensor
    private let top: Int?
    private let labels: Labels?

    init(_ name: String, _ array: Tensor, top: Int?, labels: Labels? = nil) {
        self.name = name
        self.array = array
        self.top = top
        self.labels = labels
    }

    /// The name, the shape, and for each record the first or the largest elements.
    var text: String {
        let values = Constant(array).doubles()
        let header = "\(name)  \(array.shape)  \(array.dtype.rawValue)"
        let records = array.shape.rank > 1 ? array.shape[0] : 1
        guard records > 0, !values.isEmpty else { return header }
        let size = values.count / records
        let lines = (0..<records).map { record in
            line(Array(values[record * size..<(record + 1) * size]))
        }
        return ([header] + lines).joined(separator: "\n")
    }

    private func line(_ values: [Double]) -> String {
        func number(_ index: Int) -> String { Format.element(values[index], of: array.dtype) }
        guard let top else {
            let shown = values.indices.prefix(8).map(number).joined(separator: " ")
            return "  " + shown + (values.count > 8 ? " …" : "")
        }
        let best = values.indices.sorted { values[$0] > values[$1] }.prefix(top)
        let named = best.map { "\(labels?.name(of: $0) ?? String($0)): \(number($0))" }
        return "  " + named.joined(separator: "  ")
    }
}
