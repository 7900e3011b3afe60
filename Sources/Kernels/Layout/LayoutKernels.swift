/// Kernels that move elements without computing: exact, for elements of any byte size.
package enum LayoutKernels {}
