import GraphIR
import Kernels
import Tensors

extension Binary {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(BroadcastLoop([run.shape(0), run.shape(1)]))
        switch kind.group {
        case .arithmetic(let function): try computeArithmetic(function, loop, run)
        case .comparison(let comparison): try compare(comparison, loop, run)
        case .arcTangent:
            let (y, x) = (try run.floats(0), try run.floats(1))
            if run.isFast {
                FastKernels.arcTangent(
                    loop, y: y, x: x, output: run.output(), threads: run.threads)
            } else {
                ReferenceKernels.arcTangent(loop, y: y, x: x, output: run.output())
            }
        case .and:
            if run.isFast {
                FastKernels.logicalAnd(
                    loop, run.input(0), run.input(1), output: run.output(), threads: run.threads)
            } else {
                ReferenceKernels.logicalAnd(
                    loop, run.input(0), run.input(1), output: run.output())
            }
        case .or:
            if run.isFast {
                FastKernels.logicalOr(
                    loop, run.input(0), run.input(1), output: run.output(), threads: run.threads)
            } else {
                ReferenceKernels.logicalOr(loop, run.input(0), run.input(1), output: run.output())
            }
        }
    }

    private func computeArithmetic(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ run: NodeRun
    ) throws {
        func apply<Element: ArithmeticElement>(_: Element.Type) {
            ReferenceKernels.binary(
                function, loop, run.input(0, as: Element.self), run.input(1), output: run.output())
        }
        if run.isFast, run.dtype(0) == .float32 {
            FastKernels.binary(
                function, loop, try run.floats(0), try run.floats(1), output: run.output(),
                threads: run.threads)
        } else {
            try run.withArithmeticType(0) { apply($0) }
        }
        if activation != .none {
            let (values, clamp) = (try run.floatOutput(), activation)
            for index in 0..<loop.count { values[index] = clamp(Double(values[index])) }
        }
    }

    private func compare(_ comparison: Comparison, _ loop: BroadcastLoop, _ run: NodeRun) throws {
        let (type, a, b) = (run.dtype(0), run.bytes(0), run.bytes(1))
        let isComputed =
            run.isFast
            ? FastKernels.compare(
                comparison, loop, type: type, a, b, output: run.output(), threads: run.threads)
            : ReferenceKernels.compare(comparison, loop, type: type, a, b, output: run.output())
        guard isComputed else { throw run.unsupported(run.dtype(0)) }
    }
}

extension Binary.Kind {
    /// The kind as the kernels know it.
    enum Group {
        case arithmetic(BinaryFunction)
        case comparison(Comparison)
        case arcTangent
        case and, or
    }

    var group: Group {
        switch self {
        case .add: .arithmetic(.add)
        case .subtract: .arithmetic(.subtract)
        case .multiply: .arithmetic(.multiply)
        case .divide: .arithmetic(.divide)
        case .maximum: .arithmetic(.maximum)
        case .minimum: .arithmetic(.minimum)
        case .power: .arithmetic(.power)
        case .squaredDifference: .arithmetic(.squaredDifference)
        case .floorDivide: .arithmetic(.floorDivide)
        case .floorModulo: .arithmetic(.floorModulo)
        case .arcTangent: .arcTangent
        case .equal: .comparison(.equal)
        case .notEqual: .comparison(.notEqual)
        case .less: .comparison(.less)
        case .lessEqual: .comparison(.lessEqual)
        case .greater: .comparison(.greater)
        case .greaterEqual: .comparison(.greaterEqual)
        case .logicalAnd: .and
        case .logicalOr: .or
        }
    }
}
