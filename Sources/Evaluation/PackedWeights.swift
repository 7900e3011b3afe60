import Kernels

/// The weights of one node, packed for the fast kernels and kept between runs.
final class PackedWeights {}
