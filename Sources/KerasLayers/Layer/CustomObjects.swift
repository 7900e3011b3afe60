import GraphIR
import KerasFormat
import KerasFunctions

/// The layers and activations that a caller has described to the converter.
package struct CustomObjects: Sendable {
    /// A layer class of the caller's own.
    package struct Layer: Sendable {
        /// Whether the mask of the first input is also the mask of the output.
        package var passesMask: Bool
        /// Builds one call of the layer and returns its outputs.
        package var build: @Sendable (CustomCall) throws -> [ValueID]

        package init(
            passesMask: Bool, build: @escaping @Sendable (CustomCall) throws -> [ValueID]
        ) {
            self.passesMask = passesMask
            self.build = build
        }
    }

    /// Builds an activation of the caller's own.
    package typealias Activation = @Sendable (ValueID, LayerScope) throws -> ValueID

    /// The layers by class, with or without the package that a file may state: `Scale`, `my_package>Scale`.
    package var layers: [String: Layer] = [:]
    /// The activations by name, with or without package.
    package var activations: [String: Activation] = [:]

    /// What functions in Python compute.
    package var lambdas = LambdaDefinitions()

    package init() {}

    /// What the caller says about a layer; the name with package comes first.
    func layer(for description: LayerDescription) -> Layer? {
        description.registeredName.flatMap { layers[$0] } ?? layers[description.className]
    }

    /// What the caller says about an activation; the name with package comes first.
    func activation(named name: String) -> Activation? {
        activations[name] ?? name.split(separator: ">").last.flatMap { activations[String($0)] }
    }
}
