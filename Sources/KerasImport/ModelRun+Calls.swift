import GraphIR
import KerasFormat
import KerasFunctions
import KerasLayers
import Problems
import Tensors

extension ModelRun {
    /// The tensors and arguments of a call.
    func context(
        of call: CallDescription, for layer: any KerasLayer,
        _ tensors: [TensorReference: BuiltTensor]
    ) throws -> CallContext {
        let positional = call.arguments.flatMap(\.tensors)
        let named = layer.inputNames.dropFirst(positional.count).flatMap {
            call.keywordArguments[$0]?.tensors ?? []
        }
        let inputs = (positional + named).compactMap { tensors[$0] }
        if !layer.acceptsComplex, inputs.contains(where: { builder.isComplex($0.value) }) {
            throw Problem.complexNumbers
        }
        let values = try inputs.map { input in
            layer.acceptsIntegers || builder.dtype(of: input.value).isFloat
                ? input.value : try builder.cast(input.value, to: .float32)
        }
        var masks = inputs.map(\.mask)
        if masks.count == 1 {
            switch call.keywordArguments["mask"] {
            case .tensor(let stated): masks = [tensors[stated]?.value]
            // Early versions of Keras 3 write down that they found none, and find none again.
            case .constant(.null) where version.losesMasks: masks = [nil]
            default: break
            }
        }
        let resolve = { (argument: Argument) in argument.resolved { tensors[$0]?.value } }
        var context = CallContext(
            inputs: values, masks: masks,
            arguments: call.arguments.map(resolve),
            keywords: call.keywordArguments.mapValues(resolve))
        context.seesMasks = !version.hidesMasksOfSeveralTensors || call.hasOneTensorArgument
        return context
    }
}

extension Problem {
    /// Complex numbers where none are supported.
    static var complexNumbers: Problem {
        Problem(
            .unsupported(
                what: "complex numbers are supported only between STFT and Magnitude or Phase",
                remedy: "Follow the STFT with Magnitude or Phase."))
    }
}

extension Argument {
    /// This argument with the graph's values instead of the model's tensors.
    fileprivate func resolved(_ value: (TensorReference) -> ValueID?) -> CallArgument {
        switch self {
        case .tensor(let reference): value(reference).map { .tensor($0) } ?? .value(.null)
        case .list(let elements): .list(elements.map { $0.resolved(value) })
        case .dictionary(let members): .object(members.mapValues { $0.resolved(value) })
        case .constant(let constant): .value(constant)
        }
    }
}

extension ModelDescription {
    /// The tensors of a call of this model in the order of its inputs: by name if all names are those of input layers.
    func orderedInputs(_ call: CallDescription) -> [TensorReference] {
        let leaves = call.arguments.flatMap(\.leaves)
        let own = inputs.leaves
        let byName = Dictionary(
            leaves.compactMap { leaf in leaf.key.map { ($0, leaf.tensor) } },
            uniquingKeysWith: { first, _ in first })
        let named = own.compactMap { byName[$0.key ?? $0.tensor.layer] }
        return named.count == own.count ? named : leaves.map(\.tensor)
    }
}

extension ModelRun {
    /// Whether a layer does what it does in training, in a call within one that does (`outer`) or not.
    func isTraining(_ call: CallDescription, within outer: Bool) -> Bool {
        version.callsKeepTraining && call.statesTraining ?? outer
    }
}

extension CallDescription {
    /// What the call itself states about `training`; nil if it states nothing.
    fileprivate var statesTraining: Bool? {
        guard case .constant(let value)? = keywordArguments["training"] else { return nil }
        if case .bool(let states) = value { return states }
        return value.int.map { $0 != 0 }
    }

    /// Whether tensors are in one argument only, a mask left aside, or a mask is stated.
    fileprivate var hasOneTensorArgument: Bool {
        if keywordArguments["mask"]?.tensors.isEmpty == false { return true }
        let named = keywordArguments.values.count { !$0.tensors.isEmpty }
        return arguments.count { !$0.tensors.isEmpty } + named <= 1
    }
}
