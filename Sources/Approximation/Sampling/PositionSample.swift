import Foundations
import Tensors

/// Places in the results of a linear operation on some samples, drawn once and then read from several values.
struct PositionSample {
    /// For each sample the places in it, counted over all axes but the last.
    private let places: [[Int]]

    /// Places in values `[…, C]`, one for each sample.
    ///
    /// - Parameter limit: about how many places are drawn in all samples together.
    init(in tensors: [Tensor], limit: Int, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let share = max(limit / max(tensors.count, 1), 1)
        places = tensors.map { tensor in
            let count = tensor.count / max(tensor.shape[-1], 1)
            guard count > share else { return Array(0..<count) }
            return (0..<share).map { _ in Int.random(in: 0..<count, using: &generator) }.sorted()
        }
    }

    /// The channels of values `[…, C]` at the places, one row for each.
    func rows(of tensors: [Tensor]) -> Matrix {
        let channels = tensors.first.map { $0.shape[-1] } ?? 0
        var elements: [Double] = []
        for (tensor, places) in zip(tensors, places) {
            tensor.withElements(Float.self) { values in
                for place in places {
                    for channel in 0..<channels {
                        elements.append(Double(values[place * channels + channel]))
                    }
                }
            }
        }
        return Matrix(channels == 0 ? 0 : elements.count / channels, channels, elements)
    }

    /// What a convolution's window covers of values `[N, H, W, C]` at the places of its result, `kh · kw · C` elements for
    /// each; zero beyond the border.
    func patches(of tensors: [Tensor], rows: WindowAxis, columns: WindowAxis) -> Matrix {
        let channels = tensors.first.map { $0.shape[-1] } ?? 0
        let width = rows.kernel * columns.kernel * channels
        var elements: [Double] = []
        for (tensor, places) in zip(tensors, places) {
            tensor.withElements(Float.self) { values in
                for place in places {
                    let image = place / (rows.output * columns.output)
                    let (y, x) = (place / columns.output % rows.output, place % columns.output)
                    for top in 0..<rows.kernel {
                        let row = rows.inputPosition(output: y, tap: top)
                        for left in 0..<columns.kernel {
                            let column = columns.inputPosition(output: x, tap: left)
                            let isInside =
                                (0..<rows.input).contains(row)
                                && (0..<columns.input).contains(column)
                            let start =
                                ((image * rows.input + row) * columns.input + column) * channels
                            for channel in 0..<channels {
                                elements.append(isInside ? Double(values[start + channel]) : 0)
                            }
                        }
                    }
                }
            }
        }
        return Matrix(width == 0 ? 0 : elements.count / width, width, elements)
    }
}
