import Problems
import Tensors

extension GraphWriter {
    /// Applies `body`, which works on a batch of images, to one, or to a single image without a batch axis.
    package func asImageBatch(_ x: ValueID, _ body: (ValueID) throws -> ValueID) throws -> ValueID {
        guard shape(of: x).rank == 3 else {
            try requireRank(x, 4)
            return try body(x)
        }
        return try squeezeDimension(body(expandDimension(x, at: 0)), at: 0)
    }

    /// The middle of images `[N, H, W, C]`, as large as possible with the aspect ratio of `size`.
    package func croppedToAspectRatio(_ x: ValueID, of size: Size2D) throws -> ValueID {
        let (height, width) = (try shape(of: x).knownExtent(1), try shape(of: x).knownExtent(2))
        let cropHeight = min(height, try scaled(width, by: size.height, over: size.width))
        let cropWidth = min(width, try scaled(height, by: size.width, over: size.height))
        return try centerCropped(x, to: Size2D(max(cropHeight, 1), max(cropWidth, 1)))
    }

    /// Images `[N, H, W, C]` in the middle of a border, as small as possible with the aspect ratio of `size`.
    package func paddedToAspectRatio(_ x: ValueID, of size: Size2D, value: Double) throws -> ValueID
    {
        let (height, width) = (try shape(of: x).knownExtent(1), try shape(of: x).knownExtent(2))
        let tall = max(height, try scaled(width, by: size.height, over: size.width)) - height
        let wide = max(width, try scaled(height, by: size.width, over: size.height)) - width
        return try pad(
            x, [.none, PadAmount(tall / 2, tall / 2), PadAmount(wide / 2, wide / 2), .none],
            value: Float(value))
    }

    /// The middle of images `[N, H, W, C]` that are at least of this size.
    package func centerCropped(_ x: ValueID, to size: Size2D) throws -> ValueID {
        let (height, width) = (try shape(of: x).knownExtent(1), try shape(of: x).knownExtent(2))
        if height == size.height, width == size.width { return x }
        let batch = shape(of: x)[0]
        return try add(
            .slice(
                Slice(
                    begin: [0, (height - size.height) / 2, (width - size.width) / 2, 0],
                    sizes: [
                        batch == Shape.free ? -1 : batch, size.height, size.width, shape(of: x)[3],
                    ])), [x])
    }

    /// ⌊extent · numerator / denominator⌋.
    private func scaled(_ extent: Int, by numerator: Int, over denominator: Int) throws -> Int {
        try checkedProduct(extent, numerator, "the image") / max(denominator, 1)
    }

    /// Applies `planes` to the slices `[N · D, H, W, C]` of a volume `[N, D, H, W, C]`, then `depth` to its columns
    /// `[N, D, H · W, C]`.
    package func planewise(
        _ x: ValueID, _ planes: (ValueID) throws -> ValueID, depth: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        let extents = extents(of: x)
        let slices = try reshape(x, [.rest] + extents[2...])
        let inner = try planes(slices)
        let plane = shape(of: inner)
        let area = Shape([plane[1], plane[2]])
        let columns = try reshape(
            inner,
            [
                area.isStatic ? .rest : extents[0], extents[1],
                area.isStatic ? .known(try checkedProduct(plane[1], plane[2], "a plane")) : .rest,
                extents[4],
            ])
        let result = try depth(columns)
        return try reshape(
            result,
            [extents[0], extent(1, of: result), extent(1, of: inner), extent(2, of: inner)]
                + [extents[4]])
    }
}
