import GraphIR
import Tensors

/// Images of a given size, stretched, or cropped or padded to the aspect ratio first.
package struct ImageResizing: Sendable {
    let size: Size2D
    let interpolation: ImageInterpolation
    let format: DataFormat
    let cropsToAspectRatio: Bool
    package let padsToAspectRatio: Bool
    let fillValue: Double

    package init(
        size: Size2D, interpolation: ImageInterpolation, format: DataFormat,
        cropsToAspectRatio: Bool, padsToAspectRatio: Bool, fillValue: Double
    ) {
        self.size = size
        self.interpolation = interpolation
        self.format = format
        self.cropsToAspectRatio = cropsToAspectRatio
        self.padsToAspectRatio = padsToAspectRatio
        self.fillValue = fillValue
    }

    /// Images, or one, of this size.
    package func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.asImageBatch(x) { image in
            try builder.channelsLast(image, format) { image in
                var image = image
                if cropsToAspectRatio {
                    image = try builder.croppedToAspectRatio(image, of: size)
                } else if padsToAspectRatio {
                    image = try builder.paddedToAspectRatio(image, of: size, value: fillValue)
                }
                return try builder.resize(image, to: size, interpolation)
            }
        }
    }
}
