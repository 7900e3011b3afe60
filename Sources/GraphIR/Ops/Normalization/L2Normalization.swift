/// x / max(‖x‖, 10⁻⁶) over the last axis.
package struct L2Normalization: LastAxisFunction {
    package static let kind = OpKind.l2Normalization

    package init() {}

    package var quantizationRule: QuantizationRule { .fixed(.direction) }
}
