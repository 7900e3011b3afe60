/// Kernels on 8-bit integers that give the results of `IntegerKernels` with the processor's dot products.
package enum FastIntegerKernels {}
