import CKernels
import Tensors

/// Splits a transposed convolution into plain ones.
///
/// Output position `p` collects input positions `i` with `i·stride + k·dilation − padBefore = p`.
/// For all `p` of one remainder modulo the stride the contributing taps are the same, and
/// neighbouring `p` read neighbouring `i`: a convolution of stride one per remainder and axis.
enum TransposedPhases {
    static func steps(
        _ parameters: Conv3DParameters, axes: [WindowAxis],
        row: (_ tap: Int, _ column: Int) -> UnsafePointer<Float>
    ) -> [ConvolutionStep] {
        let phases = axes.map { axis in
            (0..<min(axis.stride, axis.input)).compactMap { phase(axis, $0) }
        }
        var steps: [ConvolutionStep] = []
        for z in phases[0] {
            for y in phases[1] {
                for x in phases[2] {
                    steps.append(step(parameters, [z, y, x], row))
                }
            }
        }
        return steps
    }

    /// Output positions `first + j·stride` of one axis with the taps that reach them.
    private struct Phase {
        let grid: GridAxis
        let taps: [Int]
    }

    private static func phase(_ axis: WindowAxis, _ first: Int) -> Phase? {
        guard first < axis.input else { return nil }
        let taps = (0..<axis.kernel).filter {
            (first + axis.padBefore - $0 * axis.dilation) % axis.stride == 0
        }
        return Phase(
            grid: GridAxis(
                count: (axis.input - first - 1) / axis.stride + 1, inputStep: 1,
                outputFirst: first, outputStep: axis.stride,
                displacements: taps.map {
                    (first + axis.padBefore - $0 * axis.dilation) / axis.stride
                }),
            taps: taps)
    }

    private static func step(
        _ parameters: Conv3DParameters, _ phases: [Phase],
        _ row: (_ tap: Int, _ column: Int) -> UnsafePointer<Float>
    ) -> ConvolutionStep {
        var taps: [Int] = []
        for z in phases[0].taps {
            for y in phases[1].taps {
                for x in phases[2].taps {
                    let line = z * parameters.height.kernel + y
                    taps.append(line * parameters.width.kernel + x)
                }
            }
        }
        let inputs = parameters.inputChannels
        let width = Int(kc_panel_width())
        let matrix = PackedMatrix(
            depth: taps.count * inputs, columns: parameters.outputChannels
        ) { first, count, panel in
            panel.update(repeating: 0, count: taps.count * inputs * width)
            for (index, tap) in taps.enumerated() {
                for column in 0..<count {
                    let weights = row(tap, first + column)
                    for channel in 0..<inputs {
                        panel[(index * inputs + channel) * width + column] = weights[channel]
                    }
                }
            }
        }
        return ConvolutionStep(
            grid: phases.map(\.grid), inputChannel: 0, tapChannels: inputs, outputChannel: 0,
            matrix: matrix)
    }
}
