import Problems
import Tensors

/// Kernels that Keras 3 stores after `quantize("gptq")` and `quantize("awq")`: unsigned integers of 8 bits, or pairs of 4 in a
/// byte, transposed, with a scale and a zero point for each output and group of inputs.
///
///     real[i, o] = (stored[o, i] − zero[o, group(i)]) · scale[o, group(i)] / inputScale[i]
///
/// The variables are bias if there is one, integers, scales, zero points, the scales of inputs after `"awq"`, and the group of
/// each input.
enum GroupedKernel {
    /// The variables of one object with such a kernel as a matrix `(in, out)` in front; others as they are.
    static func restored(_ variables: [StoredWeight]) -> [StoredWeight] {
        guard
            let place = variables.firstIndex(where: {
                $0.elementType == .uint8 && $0.shape.rank == 2
            }), place <= 1, place + 1 < variables.count,
            let groups = variables.last, groups.shape.rank == 1
        else { return variables }
        let (kernel, scale) = (variables[place], variables[place + 1])
        let inputs = kernel.shape[1]
        guard scale.shape.rank == 2, scale.elementType == .float32, groups.shape[0] == inputs,
            variables.count <= place + 5
        else { return variables }
        let outputs = scale.shape[0]
        guard kernel.shape[0] == outputs || kernel.shape[0] == (outputs + 1) / 2 else {
            return variables
        }
        let zero = variables[(place + 2)...].first {
            $0.elementType == .uint8 && $0.shape.rank == 2
        }
        let inputScale = variables[(place + 2)...].dropLast().first {
            $0.shape.rank == 1 && $0.shape[0] == inputs
        }
        let real = StoredWeight(name: kernel.name, shape: [inputs, outputs]) {
            guard let zero, zero.shape == scale.shape else { throw lost(kernel.name) }
            return try matrix(
                kernel, scale, zero, inputScale, groups, inputs: inputs, outputs: outputs)
        }
        return [real.expanding(.groups)] + variables[..<place]
    }

    private static func lost(_ name: String) -> Problem {
        Problem(
            .unsupported(
                what:
                    "the kernel '\(name)' was quantized by gptq or awq, and the file lacks its zero points, which Keras "
                    + "does not save",
                remedy: "Save the model before quantize(), or quantize it to int8 or int4."))
    }

    private static func matrix(
        _ kernel: StoredWeight, _ scale: StoredWeight, _ zero: StoredWeight,
        _ inputScale: StoredWeight?, _ groups: StoredWeight, inputs: Int, outputs: Int
    ) throws -> Constant {
        let bytes = try kernel.constant().doubles().map { Int($0) }
        let scales = try scale.constant().doubles()
        let zeros = try zero.constant().doubles()
        let divisors = try inputScale?.constant().doubles()
        let width = scale.shape[1]
        let group = try groups.constant().doubles().map { Int($0) }
        guard group.allSatisfy({ (0..<width).contains($0) }) else {
            throw Problem(
                .malformed(what: "quantized kernel", reason: "a group lies outside of the scales"))
        }
        let isPacked = kernel.shape[0] != outputs
        var values = [Float](repeating: 0, count: inputs * outputs)
        for output in 0..<outputs {
            for input in 0..<inputs {
                let byte = bytes[(isPacked ? output / 2 : output) * inputs + input]
                let integer = isPacked ? byte >> (output % 2 * 4) & 15 : byte
                let place = output * width + group[input]
                let real = (Double(integer) - zeros[place]) * scales[place]
                values[input * outputs + output] = Float(real / (divisors?[input] ?? 1))
            }
        }
        return Constant(Tensor(values, [inputs, outputs]))
    }
}
