import GraphIR
import KerasFormat
import Problems
import Tensors

/// How the window of a convolution moves, for one to three spatial axes.
package struct ConvolutionGeometry: Sendable {
    /// What surrounds the input.
    package enum Border: String, Sendable {
        case valid, same
        /// As many zeros in front that no output sees later inputs (one spatial axis).
        case causal
    }

    package var kernel: [Int]
    package var strides: [Int]
    package var dilations: [Int]
    package var border: Border
    package var format: DataFormat

    /// The number of spatial axes.
    package var rank: Int { kernel.count }

    package init(config: LayerConfig, rank: Int) throws {
        kernel = try config.sizes("kernel_size", count: rank)
        strides = try config.sizes("strides", count: rank, default: 1)
        dilations = try config.sizes("dilation_rate", count: rank, default: 1)
        format = try config.dataFormat()
        let padding = try config.string("padding", default: "valid")
        guard let border = Border(rawValue: padding.lowercased()), border != .causal || rank == 1
        else {
            throw Problem(
                .invalidField("padding", value: padding, expected: "valid, same or causal (1-D)"))
        }
        self.border = border
    }

    /// The geometry of a window of one element that does not move: a convolution over channels only.
    package init(pointwiseRank rank: Int) {
        kernel = [Int](repeating: 1, count: rank)
        strides = kernel
        dilations = kernel
        border = .valid
        format = .channelsLast
    }

    /// The padding of the graph's operation; causal zeros are added before it.
    package var padding: Padding { border == .same ? .same : .valid }

    var strides2D: Size2D { size2D(strides) }
    var dilations2D: Size2D { size2D(dilations) }
    var strides3D: Size3D { Size3D(strides[0], strides[1], strides[2]) }
    var dilations3D: Size3D { Size3D(dilations[0], dilations[1], dilations[2]) }

    private func size2D(_ sizes: [Int]) -> Size2D {
        sizes.count == 1 ? Size2D(1, sizes[0]) : Size2D(sizes[0], sizes[1])
    }

    /// The channels of an input, which have to be known, and whose rank has to fit.
    package func channels(of inputs: [TensorType]) throws -> Int {
        let input = try inputs.only()
        guard input.shape.rank == rank + 2 else {
            throw Problem(
                .invalidShape("the input has shape \(input.shape), expected rank \(rank + 2)"))
        }
        return try input.shape.knownExtent(format.channelAxis(rank: rank + 2))
    }
}
