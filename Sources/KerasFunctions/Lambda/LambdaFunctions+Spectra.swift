import Foundations
import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Fourier transforms of real numbers, and frames of signals.
    static let spectra: [String: Function] = [
        "tf.complex": { meaning, arguments in
            .complex(
                try meaning.real(arguments.required(0, "real")),
                try meaning.real(arguments.required(1, "imag")))
        },
        "tf.signal.rfft": { meaning, arguments in
            let x = try meaning.real(arguments.required(0, "input_tensor"))
            let size = try arguments.value(1, "fft_length").flatMap { try meaning.plain($0) }
            let y = try meaning.operations(
                "RFFT", [.tensor(x)], config: size.map { [("fft_length", $0)] } ?? [])
            return .complex(y[0], y[1])
        },
        "tf.signal.stft": { meaning, arguments in
            let builder = meaning.builder
            let length = try meaning.whole(arguments.required(1, "frame_length"))
            let step = try meaning.whole(arguments.required(2, "frame_step"))
            let power = sequence(first: 1) { $0 < 1 << 20 ? 2 * $0 : nil }.first { $0 >= length }
            let size = try arguments.value(3, "fft_length").map { try meaning.whole($0) } ?? power
            let isGiven = arguments.named.contains { $0.name == "window_fn" }
            let window: JSONValue =
                switch arguments.value(4, "window_fn") {
                case nil where isGiven:
                    .array([JSONValue](repeating: .double(1), count: length))
                case nil, .path("tf.signal.hann_window")?: .string("hann")
                case .path("tf.signal.hamming_window")?: .string("hamming")
                default: throw LambdaFault.notUnderstood("'window_fn' of '\(arguments.function)'")
                }
            let frames = try SpectralFrames(
                length: length, stride: step, size: size ?? length, window: window,
                isCentered: false, windowIsCentered: false)
            // A frame is as long as its window and continued with zeros up to the size of the transform.
            let x = try framed(meaning, arguments, length: length, step: step)
            var amounts = [PadAmount].none(rank: builder.shape(of: x).rank)
            amounts[amounts.count - 1] = PadAmount(0, frames.size - length)
            let y = try frames.transform(builder.pad(x, amounts), in: builder)
            return .complex(y.real, y.imaginary)
        },
        "tf.signal.dct": { meaning, arguments in
            let x = try meaning.real(arguments.required(0, "input"))
            let type = try arguments.value(1, "type").map { try meaning.whole($0) } ?? 2
            let isOrthonormal =
                switch arguments.value(4, "norm")?.constant {
                case nil: false
                case .string("ortho")?: true
                default: throw LambdaFault.notUnderstood("'norm' of '\(arguments.function)'")
                }
            guard type == 2, arguments.value(2, "n") == nil else {
                throw LambdaFault.notUnderstood("'\(arguments.function)' of this type")
            }
            let count = try meaning.builder.shape(of: x).knownExtent(-1)
            let y = try meaning.builder.mixed(x, count: count, role: "cosines") { place, wave in
                let cosine = cos(.pi * Double(wave * (2 * place + 1)) / Double(2 * count))
                guard isOrthonormal else { return 2 * cosine }
                return cosine * ((wave == 0 ? 1 : 2) / Double(count)).squareRoot()
            }
            return .tensor(y)
        },
        "tf.signal.linear_to_mel_weight_matrix": { meaning, arguments in
            let sizes = try [(0, "num_mel_bins", 20), (1, "num_spectrogram_bins", 129)].map {
                try arguments.value($0.0, $0.1).map { try meaning.whole($0) } ?? $0.2
            }
            let rates = try [
                (2, "sample_rate", 8000), (3, "lower_edge_hertz", 125),
                (4, "upper_edge_hertz", 3800),
            ].map { position, name, standard -> Double in
                guard let value = arguments.value(position, name) else { return standard }
                guard let number = meaning.folded(value).constant?.number, number >= 0 else {
                    throw LambdaFault.notUnderstood("'\(name)' of '\(arguments.function)'")
                }
                return number
            }
            try checkList(
                checkedProduct(sizes[0], sizes[1], "the mel weights"), "the mel weights")
            return .tensor(
                meaning.builder.constant(
                    melWeights(bands: sizes[0], bins: sizes[1], rates), role: "mel"))
        },
        "tf.signal.frame": { meaning, arguments in
            let length = try meaning.whole(arguments.required(1, "frame_length"))
            let step = try meaning.whole(arguments.required(2, "frame_step"))
            let x = try framed(meaning, arguments, length: length, step: step)
            return try meaning.operation(
                "ExtractSequences", .tensor(x),
                config: [
                    ("sequence_length", .int(Int64(length))),
                    ("sequence_stride", .int(Int64(step))),
                ])
        },
    ]

    /// Triangles over the mel scale `[bins, bands]`; the first bin, which holds the mean, counts for nothing.
    private static func melWeights(bands: Int, bins: Int, _ rates: [Double]) -> Constant {
        func mel(_ hertz: Double) -> Double { 1127 * log(1 + hertz / 700) }
        let (low, high) = (mel(rates[1]), mel(rates[2]))
        let edges = (0..<bands + 2).map { low + (high - low) * Double($0) / Double(bands + 1) }
        let weights = (0..<bins * bands).map { position -> Double in
            let (bin, band) = (position / bands, position % bands)
            guard bin > 0 else { return 0 }
            let place = mel(rates[0] / 2 * Double(bin) / Double(max(bins - 1, 1)))
            let rise = (place - edges[band]) / (edges[band + 1] - edges[band])
            let fall = (edges[band + 2] - place) / (edges[band + 2] - edges[band + 1])
            return max(0, min(rise, fall))
        }
        return Constant(weights, [bins, bands])
    }

    /// The signal of a call, with zeros at its end if the call wants frames that begin at every step.
    private static func framed(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, length: Int, step: Int
    ) throws -> ValueID {
        let x = try meaning.real(
            arguments.value(0, "signals", "signal") ?? arguments.required(0, "signal"))
        let isFrame = arguments.function == "tf.signal.frame"
        let atEnd = arguments.value(isFrame ? 3 : 5, "pad_end")
        guard let atEnd, try meaning.isTrue(atEnd), step > 0 else { return x }
        let shape = meaning.builder.shape(of: x)
        let extent = try shape.knownExtent(-1)
        let count = (extent + step - 1) / step
        var amounts = [PadAmount].none(rank: shape.rank)
        amounts[shape.rank - 1] = PadAmount(0, max(0, (count - 1) * step + length - extent))
        return try meaning.builder.pad(x, amounts)
    }

    /// A function of complex numbers; nil if the call has none.
    static func complex(
        _ path: String, _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue? {
        let leaf = path.split(separator: ".").last.map(String.init) ?? path
        guard case .complex(let real, let imaginary)? = arguments.positional.first else {
            guard leaf == "cast", let type = arguments.value(1, "dtype")?.constant,
                case .string(let name) = type, name.hasPrefix("complex")
            else { return nil }
            let x = try meaning.real(arguments.required(0, "x"))
            return .complex(x, try meaning.tensor(meaning.operation("ZerosLike", .tensor(x))))
        }
        let builder = meaning.builder
        let parts = [LambdaValue.tensor(real), .tensor(imaginary)]
        switch leaf {
        case "abs":
            let squares = try [real, imaginary].map { try builder.unary(.square, $0) }
            return .tensor(try builder.unary(.sqrt, builder.add(squares[0], squares[1])))
        case "real": return parts[0]
        case "imag": return parts[1]
        case "angle": return try meaning.operation("Arctan2", parts[1], parts[0])
        case "conj": return .complex(real, try builder.unary(.neg, imaginary))
        case "irfft":
            let size = try arguments.value(1, "fft_length").flatMap { try meaning.plain($0) }
            let y = try meaning.operations(
                "IRFFT", parts, config: size.map { [("fft_length", $0)] } ?? [])
            return .tensor(y[0])
        case "fft", "fft2d", "ifft2d":
            let name = ["fft": "FFT", "fft2d": "FFT2"][leaf] ?? "IFFT2"
            let y = try meaning.operations(name, parts)
            return .complex(y[0], y[1])
        case "ifft":
            let y = try builder.fourier((real, builder.unary(.neg, imaginary)))
            let scale = 1 / Double(max(try builder.shape(of: real).knownExtent(-1), 1))
            return .complex(
                try builder.binary(.multiply, y.real, scale),
                try builder.binary(.multiply, y.imaginary, -scale))
        case "expand_dims", "squeeze", "reshape", "transpose", "permute_dimensions", "identity":
            let values = try parts.map {
                try meaning.tensor(meaning.call(path, arguments.replacingFirst($0)))
            }
            return .complex(values[0], values[1])
        default: throw LambdaFault.notUnderstood("'\(path)' of complex numbers")
        }
    }

    /// An operator on complex numbers; nil if neither operand is one.
    static func complex(
        _ kind: PythonExpression.BinaryOperator, _ x: LambdaValue, _ y: LambdaValue,
        _ meaning: LambdaMeaning
    ) throws -> LambdaValue? {
        func parts(_ value: LambdaValue) -> (LambdaValue, LambdaValue?) {
            guard case .complex(let real, let imaginary) = value else { return (value, nil) }
            return (.tensor(real), .tensor(imaginary))
        }
        let (a, b) = (parts(x), parts(y))
        guard a.1 != nil || b.1 != nil else { return nil }
        let zero = LambdaValue.plain(.float(0))
        let real: LambdaValue
        let imaginary: LambdaValue
        switch (kind, a.1, b.1) {
        case (.add, _, _), (.subtract, _, _):
            real = try meaning.binary(kind, a.0, b.0)
            imaginary = try meaning.binary(kind, a.1 ?? zero, b.1 ?? zero)
        case (.multiply, let c?, nil), (.divide, let c?, nil):
            real = try meaning.binary(kind, a.0, b.0)
            imaginary = try meaning.binary(kind, c, b.0)
        case (.multiply, _, let d?):
            let c = a.1 ?? zero
            real = try meaning.binary(
                .subtract, meaning.binary(.multiply, a.0, b.0), meaning.binary(.multiply, c, d))
            imaginary = try meaning.binary(
                .add, meaning.binary(.multiply, a.0, d), meaning.binary(.multiply, c, b.0))
        default: throw LambdaFault.notUnderstood("'\(kind.rawValue)' of complex numbers")
        }
        return .complex(try meaning.tensor(real), try meaning.tensor(imaginary))
    }
}

extension LambdaMeaning {
    /// The value as a tensor of floats.
    fileprivate func real(_ value: LambdaValue) throws -> ValueID {
        try builder.floating(tensor(value))
    }

    /// The value as a whole number above 0.
    fileprivate func whole(_ value: LambdaValue) throws -> Int {
        guard let number = folded(value).constant?.integer, number > 0, number < 1 << 20 else {
            throw LambdaFault.notUnderstood("a size that is computed")
        }
        return number
    }
}
