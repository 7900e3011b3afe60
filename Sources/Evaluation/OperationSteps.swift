import Foundations
import GraphIR

extension Op {
    /// The steps that one run of the operation draws from a budget.
    ///
    /// - Parameter precision: the kernels that compute; fast ones do several products in a step.
    package func steps(
        inputs: [TensorType], outputs: [TensorType], _ precision: GraphEvaluator.Precision
    ) -> Int {
        let products = payload.multiplyAccumulates(inputs: inputs, outputs: outputs)
        let elements = outputs.reduce(0) { saturatingSum($0, $1.shape.elementCount) }
        return saturatingSum(
            1000 + products / (precision == .fast ? 16 : 4), saturatingProduct(2, elements))
    }
}
