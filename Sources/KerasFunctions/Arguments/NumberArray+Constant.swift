import GraphIR
import KerasFormat
import Tensors

extension NumberArray {
    /// The numbers as 32-bit floats.
    package var constant: Constant { Constant(values, Shape(shape)) }

    /// The numbers as elements of a type.
    package func constant(as dtype: DType) -> Constant {
        Constant(
            Tensor(dtype: .float64, shape: Shape(shape), copying: values), as: dtype)
    }
}
