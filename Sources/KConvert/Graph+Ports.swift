import GraphIR

extension Graph {
    /// Inputs or outputs of this graph as reports show them.
    func described(_ ports: [Port]) -> [ConversionReport.Tensor] {
        ports.map { port in
            let type = self[port.value].type
            return ConversionReport.Tensor(
                name: port.name, shape: type.shape.dims, dtype: type.dtype.rawValue)
        }
    }
}
