import GraphIR
import Problems
import Tensors

extension Array {
    /// The only element.
    ///
    /// - Throws: `Problem.Kind.invalidShape` where there are none or several.
    func only() throws -> Element {
        guard count == 1, let element = first else {
            throw Problem(.invalidShape("the layer takes one input, not \(count)"))
        }
        return element
    }
}
