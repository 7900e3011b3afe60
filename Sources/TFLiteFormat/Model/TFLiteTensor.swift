import Tensors

/// A tensor of a graph.
package struct TFLiteTensor: Sendable, Equatable {
    /// The name, for people.
    package var name: String
    /// The extents; what stands for unknown ones suits every operator, and is 1 if that does.
    package var shape: [Int]
    /// The extents with −1 for unknown ones; nil if all are known.
    package var shapeSignature: [Int]?
    /// The element type.
    package var type: TFLiteTensorType
    /// The buffer with the elements of a constant; none or an empty one for a computed tensor.
    package var buffer: BufferIndex
    /// Whether the elements persist from one run to the next.
    package var isVariable: Bool
    /// Whether an empty `shape` means a scalar rather than an unknown rank.
    package var hasRank: Bool
    /// How integers stand for real numbers.
    package var quantization: TFLiteQuantization?
    /// How the file stores the elements sparsely; nil for dense ones.
    package var sparsity: TFLiteSparsity?

    /// A tensor of known rank.
    ///
    /// A free extent of `shape` becomes 1 in `shape` and −1 in `shapeSignature`.
    package init(
        name: String, shape: Shape, type: TFLiteTensorType, buffer: BufferIndex = .none,
        isVariable: Bool = false,
        quantization: TFLiteQuantization? = nil
    ) {
        self.name = name
        self.shape = shape.resolvingFree().dims
        self.shapeSignature = shape.isStatic ? nil : shape.dims
        self.type = type
        self.buffer = buffer
        self.isVariable = isVariable
        self.hasRank = true
        self.quantization = quantization
    }

    /// The extents with `Shape.free` for unknown ones.
    package var freeShape: Shape { Shape(shapeSignature ?? shape) }

    /// Whether the file stores the elements sparsely.
    package var isSparse: Bool { sparsity != nil }

    /// Whether the tensor is quantized: it has at least one scale.
    package var isQuantized: Bool {
        quantization?.scale.isEmpty == false || quantization?.details?.blocks != nil
    }

    /// Whether slices of the tensor have scales of their own.
    package var isQuantizedPerChannel: Bool {
        (quantization?.scale.count ?? 0) > 1 || quantization?.details?.blocks != nil
    }
}

/// How integers stand for real numbers: `real = scale · (integer − zeroPoint)`.
///
/// One scale holds for the whole tensor; several hold for the slices along `quantizedDimension`.
package struct TFLiteQuantization: Sendable, Equatable {
    /// The scales; empty for a tensor that is not quantized.
    package var scale: [Float]
    /// The integers that stand for 0, as many as scales.
    package var zeroPoint: [Int64]
    /// The axis of the slices.
    package var quantizedDimension: Int
    /// The least real values seen in calibration; informational.
    package var min: [Float]
    /// The greatest real values seen in calibration; informational.
    package var max: [Float]
    /// What else the file says of the quantization.
    package var details: Details?

    /// A member of the union `QuantizationDetails`.
    package struct Details: Sendable, Equatable {
        /// The tag of the member.
        package let tag: UInt8
        /// The scales of blocks; nil for other members, whose tables are not read.
        package var blocks: Blocks?
    }

    /// Scales of blocks of neighbours in the rows of a matrix, which a tensor of 16-bit floats holds.
    package struct Blocks: Sendable, Equatable {
        /// The tensor of scales, `[rows, blocks of a row]`.
        package var scales: TensorIndex
        /// The tensor of zero points; absent if they are 0.
        package var zeroPoints: TensorIndex
        /// Elements of a block.
        package var length: Int

        package init(
            scales: TensorIndex, zeroPoints: TensorIndex = .absent, length: Int
        ) {
            self.scales = scales
            self.zeroPoints = zeroPoints
            self.length = length
        }
    }

    package init(
        scale: [Float] = [], zeroPoint: [Int64] = [], quantizedDimension: Int = 0,
        min: [Float] = [], max: [Float] = []
    ) {
        self.scale = scale
        self.zeroPoint = zeroPoint
        self.quantizedDimension = quantizedDimension
        self.min = min
        self.max = max
    }

    /// Scales of blocks that a tensor holds.
    package init(_ blocks: Blocks) {
        self.init()
        details = Details(tag: Details.blockwiseTag, blocks: blocks)
    }
}
