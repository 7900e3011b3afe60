import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Fourier transforms and frames of signals with one output.
    static let signals: [String: Single] = [
        "IRFFT": { arguments, builder in
            let x = try arguments.complexInput()
            let bins = try builder.shape(of: x.real).knownExtent(-1)
            let size = try arguments.integers(nil, "fft_length")?.first ?? 2 * (bins - 1)
            guard size > 0, size < 1 << 20 else {
                throw Problem(.invalidField("fft_length", value: "\(size)", expected: "a length"))
            }
            return try builder.inverseRealFourier(x, size: size)
        },
        "ISTFT": { arguments, builder in
            let frames = try arguments.spectralFrames()
            return try frames.inverse(
                arguments.complexInput(), length: arguments.integers(nil, "length")?.first,
                in: builder)
        },
        "ExtractSequences": { arguments, builder in
            let x = try arguments.input()
            let length = try arguments.integer("sequence_length")
            let step = try arguments.integer("sequence_stride")
            let extent = try builder.shape(of: x).knownExtent(-1)
            guard length > 0, step > 0, length <= extent else {
                throw Problem(.invalidShape("sequences of \(length) do not fit \(extent) elements"))
            }
            let count = (extent - length) / step + 1
            try checkList(checkedProduct(count, length, "the sequences"), "the sequences")
            let indices = (0..<count * length).map { $0 / length * step + $0 % length }
            let index = builder.constant(
                Constant(indices, [count, length]), role: "positions")
            let op = Gather(axis: builder.shape(of: x).rank - 1)
            return try builder.add(.gather(op), [x, index])
        },
    ]

    /// Fourier transforms, which return the real and the imaginary parts.
    static let spectra: [String: Build] = [
        "FFT": { arguments, builder in
            let y = try builder.fourier(arguments.complexInput())
            return [y.real, y.imaginary]
        },
        "FFT2": { arguments, builder in
            let y = try builder.fourier2D(arguments.complexInput())
            return [y.real, y.imaginary]
        },
        "IFFT2": { arguments, builder in
            let x = try arguments.complexInput()
            let shape = builder.shape(of: x.real)
            let count = try checkedProduct(
                shape.knownExtent(-1), shape.knownExtent(-2), "the image")
            let y = try builder.fourier2D((x.real, builder.unary(.neg, x.imaginary)))
            let scale = 1 / Double(max(count, 1))
            return [
                try builder.binary(.multiply, y.real, scale),
                try builder.binary(.multiply, y.imaginary, -scale),
            ]
        },
        "RFFT": { arguments, builder in
            let x = try arguments.floatInput()
            let size =
                try arguments.integers(nil, "fft_length")?.first
                ?? builder.shape(of: x).knownExtent(-1)
            guard size > 0, size < 1 << 20 else {
                throw Problem(.invalidField("fft_length", value: "\(size)", expected: "a length"))
            }
            let y = try builder.fourier(x, size: size, count: size / 2 + 1)
            return [y.real, y.imaginary]
        },
        "STFT": { arguments, builder in
            let y = try arguments.spectralFrames().transform(arguments.floatInput(), in: builder)
            return [y.real, y.imaginary]
        },
    ]
}

extension OperationArguments {
    /// The pair of a real and an imaginary part.
    fileprivate func complexInput() throws -> ComplexValue {
        let parts = try inputs()
        guard parts.count >= 2, builder.shape(of: parts[0]) == builder.shape(of: parts[1]) else {
            throw Problem(.invalidShape("real and imaginary parts have different shapes"))
        }
        return (try builder.floating(parts[0]), try builder.floating(parts[1]))
    }

    fileprivate func spectralFrames() throws -> SpectralFrames {
        try SpectralFrames(
            length: integer("sequence_length"), stride: integer("sequence_stride"),
            size: integer("fft_length"),
            window: isGiven("window") ? argument(nil, "window")?.json : .string("hann"),
            isCentered: flag("center", default: true))
    }
}
