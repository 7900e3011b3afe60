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

    /// The known classes and activations that others, named with or without package, stand for.
    package var classes: [String: String] = [:]

    /// What functions in Python compute.
    package var lambdas = LambdaDefinitions()

    package init() {}

    /// What the caller says about a layer; the name with package comes first.
    func layer(for description: LayerDescription) -> Layer? {
        description.registeredName.flatMap { layers[$0] } ?? layers[description.className]
    }

    /// The layer with the known class for which its own stands; the same layer if the caller says nothing about it.
    func known(_ description: LayerDescription) -> LayerDescription {
        let name = description.registeredName.flatMap { classes[$0] }
        return (name ?? classes[description.className]).map(description.renamed) ?? description
    }

    /// The name of the known activation for which this one stands; the same name if the caller says nothing about it.
    func known(activation name: String) -> String {
        classes[name] ?? name.split(separator: ">").last.flatMap { classes[String($0)] } ?? name
    }

    /// What the caller says about an activation; the name with package comes first.
    func activation(named name: String) -> Activation? {
        activations[name] ?? name.split(separator: ">").last.flatMap { activations[String($0)] }
    }
}
