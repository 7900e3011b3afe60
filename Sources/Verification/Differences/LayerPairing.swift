import GraphIR
import Tensors

/// Finds the tensors of a file that stand for outputs of layers.
///
/// A tensor with the name of a layer's output stands for that output; so does an output of the file for an output of the
/// model. Otherwise a tensor with the elements of the output is chosen, preferably one whose name contains the layer. If
/// there is none and the file comes from another converter, which names tensors differently, the nearest of the tensors
/// whose names contain the layer is chosen.
struct LayerPairing {
    private let outputs: [ValueID: String]
    private let tolerance: Double
    private let isOfOtherConverter: Bool
    /// The tensors found for layers; nil if there is none.
    private var tensors: [String: String?] = [:]
    /// Layers whose tensors were chosen by the names that other converters give.
    private(set) var guesses: Set<String> = []

    /// Nothing found so far.
    ///
    /// - Parameters:
    ///   - names: the names of the outputs of all layers.
    ///   - found: the tensors of a first run.
    ///   - outputs: the names of the file's tensors for the outputs of the model.
    ///   - tolerance: up to which part of the spread elements count as equal.
    init(
        names: [String], in found: FileTensors, outputs: [ValueID: String], tolerance: Double
    ) {
        isOfOtherConverter = names.allSatisfy { found[$0] == nil }
        self.outputs = outputs
        self.tolerance = tolerance
    }

    /// The tensor of the file that stands for a layer's output; nil if there is none.
    ///
    /// The first call for a layer decides.
    mutating func tensor(
        for value: Value, of layer: String, _ expected: Tensor, among found: FileTensors
    ) -> Tensor? {
        if let decided = tensors[layer] { return decided.flatMap { found[$0] } }
        let name = named(value, expected, found) ?? find(layer, expected, found)
        tensors[layer] = .some(name)
        return name.flatMap { found[$0] }
    }

    /// The name of the tensor that was decided for a layer; nil if there is none.
    func name(of layer: String) -> String? { tensors[layer] ?? nil }

    private func named(
        _ value: Value, _ expected: Tensor, _ found: FileTensors
    ) -> String? {
        [value.name, outputs[value.id]].compactMap { $0 }.first {
            found[$0]?.shape == expected.shape
        }
    }

    private mutating func find(
        _ layer: String, _ expected: Tensor, _ found: FileTensors
    ) -> String? {
        guard expected.dtype == .float32, expected.count > 1 else { return nil }
        let path = String(layer.prefix { $0 != ":" && $0 != "#" })
        let candidates = found.names.filter {
            found[$0]?.count == expected.count && found[$0]?.dtype == .float32
        }
        let alike = candidates.filter { TensorFlowScopes.name($0, belongsTo: path) }
        let elements = SampledElements(expected)
        if !elements.isConstant {
            let equal = (alike + candidates).first { name in
                found[name].map { elements.isNear($0, tolerance: tolerance) } == true
                    && error(of: found[name], expected) <= tolerance
            }
            if let equal { return equal }
        }
        guard isOfOtherConverter else { return nil }
        let taken = Set(tensors.values.compactMap { $0 })
        let best = alike.filter { !taken.contains($0) }
            .map { (name: $0, error: error(of: found[$0], expected)) }
            .min { $0.error < $1.error }
        guard let best else { return nil }
        guesses.insert(layer)
        return best.name
    }

    private func error(of tensor: Tensor?, _ expected: Tensor) -> Double {
        guard let tensor else { return .infinity }
        var difference = OutputDifference(name: "")
        difference.add(
            expected: Constant(expected).doubles(), actual: Constant(tensor).doubles())
        return difference.relativeError
    }
}

/// A few elements of a float array, to tell quickly that another one differs.
private struct SampledElements {
    private let places: [Int]
    private let elements: [Float]
    private let spread: Double

    /// Elements at equal distances.
    init(_ tensor: Tensor) {
        let step = max(tensor.count / 61, 1)
        places = Array(stride(from: 0, to: tensor.count, by: step))
        elements = Self.elements(of: tensor, at: places)
        var difference = OutputDifference(name: "")
        let all = Constant(tensor).doubles()
        difference.add(expected: all, actual: all)
        spread = difference.spread
    }

    /// Whether nothing tells these elements from those of any other constant array.
    var isConstant: Bool { elements.allSatisfy { $0 == elements[0] } }

    /// Whether an array of as many floats has about the same elements.
    func isNear(_ other: Tensor, tolerance: Double) -> Bool {
        zip(elements, Self.elements(of: other, at: places)).allSatisfy {
            $0 == $1 || Double(abs($0 - $1)) <= tolerance * spread || ($0.isNaN && $1.isNaN)
        }
    }

    private static func elements(of tensor: Tensor, at places: [Int]) -> [Float] {
        tensor.withBytes { bytes in
            places.map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
    }
}
