/// A layer that was replaced.
package struct LayerChange: Sendable {
    package var layer: String
    package var rewrite: String
    package var before: StageCost
    package var after: StageCost
    /// The root mean square error that it alone was predicted to add, relative to the spread of the outputs.
    package var error: Double
}
