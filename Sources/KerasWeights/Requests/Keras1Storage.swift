/// How Keras 1 stored the arrays of a layer.
package indirect enum Keras1Storage: Sendable, Hashable {
    /// As Keras 2 does, under names that end with the role.
    case plain
    /// The first array with its axes in another order: axis i of Keras 2 is axis `axes[i]` of the file.
    case kernel(axes: [Int])
    /// All arrays of this many axes with their axes in another order.
    case kernels(axes: [Int])
    /// A kernel of one spatial axis as one of two, whose order the number of filters tells.
    case row(filters: Int)
    /// Kernel, recurrent kernel and bias of each gate by themselves; `order` has the gate of the file for each of Keras 2.
    ///
    /// Arrays as many axes as `axes` have them in another order.
    case gates(order: [Int], axes: [Int]? = nil)
    /// Kernel and bias of one part, then those of another, instead of both kernels first.
    case pairs
    /// The arrays of one layer, then those of another like it.
    case twice(Keras1Storage)
}
