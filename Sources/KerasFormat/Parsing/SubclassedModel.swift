import Foundations
import Problems

/// Models of a class with its own `call`, of which files hold the constructor's arguments and the weights, but no graph.
enum SubclassedModel {
    /// Packages whose models are graphs inside, although their classes write other configurations.
    private static let packagesOfGraphs = ["keras_hub", "keras_nlp", "keras_cv"]

    /// Why a model without layers cannot be converted, with the Python code that saves one that can.
    static func problem(_ object: JSONValue, className: String) -> Problem {
        if ["Model", "Functional", "Sequential"].contains(className) {
            return Problem(
                .malformed(
                    what: "Keras model", reason: "the class '\(className)' has no list of layers"))
        }
        return Problem(
            .unsupported(
                what:
                    "the class '\(className)' has no list of layers: of a subclassed model, files hold "
                    + "the weights and the arguments of its constructor, but not its graph",
                remedy: "In Python, load the model and save its graph: \(code(object))"))
    }

    /// Python code that saves the graph of `model`.
    private static func code(_ object: JSONValue) -> String {
        let package = object["registered_name"]?.string?.split(separator: ">").first ?? ""
        let module = object["module"]?.string ?? ""
        if packagesOfGraphs.contains(where: { package == $0 || module.hasPrefix($0) }) {
            return "keras.Model(model.input, model.output).save('graph.keras')"
        }
        return "x = keras.Input(\(inputShape(object))); "
            + "keras.Model(x, model.call(x)).save('graph.keras')"
    }

    /// The shape of the input without its batch, as Python writes it.
    private static func inputShape(_ object: JSONValue) -> String {
        let shape =
            object["build_config"]?["input_shape"]?.array
            ?? object["config"]?["build_input_shape"]?.array
            ?? object["build_input_shape"]?.array
        guard let shape, shape.count > 1, shape.allSatisfy({ $0.isNull || $0.int != nil }) else {
            return "shape of one input, without the batch"
        }
        let extents = shape.dropFirst().map { $0.int.map(String.init) ?? "None" }
        return "(\(extents.joined(separator: ", "))\(extents.count == 1 ? "," : ""))"
    }
}
