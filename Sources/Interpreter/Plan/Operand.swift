import TFLiteFormat
import Tensors

/// A tensor as an operator sees it while it is prepared: type and extents are known, the elements if
/// they do not depend on the run.
struct Operand {
    let tensor: TensorIndex
    let dtype: DType
    let shape: Shape
    /// The elements, if they are known before the model runs.
    let known: KnownElements?
    /// How integers stand for real numbers; nil for plain ones.
    let quantization: TFLiteQuantization?

    /// The same operand with elements that stand for themselves.
    var withoutQuantization: Operand {
        Operand(tensor: tensor, dtype: dtype, shape: shape, known: known, quantization: nil)
    }

    var count: Int { shape.elementCount }
    var elementSize: Int { dtype.byteCount }
    var byteCount: Int { count * elementSize }
}
