/// How a resized image's pixel maps to a source coordinate.
package enum ResizeCoordinates: Sendable, Hashable, CaseIterable {
    /// `d·in / out`.
    case asymmetric
    /// `d·(in − 1) / (out − 1)`.
    case alignCorners
    /// `(d + ½)·in / out − ½`.
    case halfPixel
}

/// Shapes of an image resize `[batch, inputHeight, inputWidth, channels]` → `[…outputHeight…]`.
package struct ResizeParameters: Sendable, Hashable {
    package var batch: Int
    package var inputHeight: Int
    package var inputWidth: Int
    package var outputHeight: Int
    package var outputWidth: Int
    package var channels: Int
    package var coordinates: ResizeCoordinates

    package init(
        batch: Int, inputHeight: Int, inputWidth: Int, outputHeight: Int, outputWidth: Int,
        channels: Int, coordinates: ResizeCoordinates
    ) {
        self.batch = batch
        self.inputHeight = inputHeight
        self.inputWidth = inputWidth
        self.outputHeight = outputHeight
        self.outputWidth = outputWidth
        self.channels = channels
        self.coordinates = coordinates
    }
}
