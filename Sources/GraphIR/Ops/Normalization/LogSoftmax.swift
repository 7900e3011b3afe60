/// The logarithm of the softmax over the last axis.
package struct LogSoftmax: LastAxisFunction {
    package static let kind = OpKind.logSoftmax

    package init() {}

    package var quantizationRule: QuantizationRule { .fixed(.logarithm) }
}
