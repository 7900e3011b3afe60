/// The range to whose integers a value was rounded while its model was trained.
package struct TrainedRange: Sendable, Hashable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
