/// eˣ normalized to the sum 1 over the last axis.
package struct Softmax: LastAxisFunction {
    package static let kind = OpKind.softmax

    package init() {}

    package var quantizationRule: QuantizationRule { .fixed(.unit) }
}
