/// The kernels in their quick form: blocked, vectorized, single precision.
///
/// They agree with `ReferenceKernels` up to rounding. `threads` bounds the processors used; results
/// do not depend on it, since only independent outputs are divided.
package enum FastKernels {}
