extension CostRates {
    /// LiteRT 2.3 with XNNPACK, floats, on one core of an x86-64 server with AVX-512 and 2 MB of second-level cache.
    ///
    /// Measured by `make measure-costs`; see `Documentation/CostModel.md`.
    package static let liteRT = CostRates(
        rows: [
            .convolution: Row(fixed: 360, products: 55, bytes: 17),
            .depthwise: Row(fixed: 170, products: 28, bytes: 24),
            .matrix: Row(fixed: 32, products: 69, bytes: 68),
            .recurrence: Row(fixed: 3500, products: 10, bytes: 28),
            .elementwise: Row(fixed: 17, bytes: 68),
            .function: Row(fixed: 27, bytes: 31),
            .window: Row(fixed: 44, bytes: 15),
            .reduction: Row(fixed: 30, bytes: 32),
            .move: Row(fixed: 30, bytes: 26),
            .other: Row(fixed: 90, products: 10, bytes: 28),
        ],
        run: 490, partitionBreak: 20, loopRound: 580, cacheBytes: 2 << 20, cachedBytes: 100,
        streamedBytes: 22, largestUnrolledCount: 128, channelTile: 16,
        spreadPlace: 1.8, spreadTap: 0.45)
}
