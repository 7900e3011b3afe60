import Problems
import Testing

@Suite struct WordingTests {
    /// Every kind of problem with its code and its whole text.
    static let cases: [(Problem, ProblemCode, String)] = [
        (
            Problem(.fileAccess(.open, reason: "No such file or directory"), file: "w.h5"), .io,
            """
            error: file 'w.h5': the file cannot be opened: No such file or directory.
                   Check the path and your permission to read it.
            """
        ),
        (
            Problem(.fileAccess(.replace, reason: "No space left on device"), file: "m.tflite"),
            .io,
            """
            error: file 'm.tflite': the file cannot be replaced: No space left on device.
                   Check the folder, your permission to write to it and the free space.
            """
        ),
        (
            Problem(.malformed(what: "JSON", reason: "unexpected character"), file: "m.json"),
            .badInput,
            """
            error: file 'm.json': this is not valid JSON: unexpected character.
                   Save the file again, or check that it is the file you meant.
            """
        ),
        (
            Problem(.truncated(what: "a dataset of shape 3×3"), file: "w.h5", layer: "conv"),
            .badInput,
            """
            error: file 'w.h5', layer 'conv': the file ends before the end of a dataset of shape 3×3.
                   The file is incomplete. Copy or save it again.
            """
        ),
        (
            Problem(.tooLarge(what: "the output", value: "float32[1,9]"), layer: "up"), .badInput,
            """
            error: layer 'up': the output is too large: float32[1,9].
                   Check the sizes in the model's configuration and the input shapes.
            """
        ),
        (
            Problem(.missingField("units"), layer: "fc", layerClass: "Dense"), .badInput,
            """
            error: layer 'fc' (Dense): the configuration lacks 'units'.
                   Save the model again with Keras; a configuration edited by hand may be at fault.
            """
        ),
        (
            Problem(.invalidField("units", value: "-1", expected: "a positive integer")),
            .badInput,
            """
            error: the configuration has 'units' = -1, expected a positive integer.
                   Save the model again with Keras; a configuration edited by hand may be at fault.
            """
        ),
        (
            Problem(.brokenTopology("'a' and 'b' feed each other")), .badInput,
            """
            error: the layers do not form a connected graph: 'a' and 'b' feed each other.
                   Save the model again with Keras, as one functional or sequential model.
            """
        ),
        (
            Problem(.unknownLayer(nearest: "Dense"), layer: "x", layerClass: "Dens"), .unsupported,
            """
            error: layer 'x' (Dens): this layer class is not known; the nearest name is 'Dense'.
                   Name a class that computes the same with Converter.registerClass, describe the layer in Swift with Converter.register, build the model from Keras' own layers, or end it before this one with ConversionOptions.until.
            """
        ),
        (
            Problem(
                .unsupported(
                    what: "attention_axes [1, 2] is not supported; one axis can be converted.",
                    remedy: "Reshape the input to rank 3 first."),
                layer: "block3/attn", layerClass: "MultiHeadAttention"), .unsupported,
            """
            error: layer 'block3/attn' (MultiHeadAttention): attention_axes [1, 2] is not supported; \
            one axis can be converted.
                   Reshape the input to rank 3 first.
            """
        ),
        (
            Problem(.missingWeights(expected: "kernel 3×4", nearest: nil), layer: "fc"), .badInput,
            """
            error: layer 'fc': the weights file has no weights for this layer, expected kernel 3×4.
                   Check that the weights were saved from this very model.
            """
        ),
        (
            Problem(.mismatchingWeights(expected: "3×4", found: "4×3"), file: "w", layer: "fc"),
            .badInput,
            """
            error: file 'w', layer 'fc': the weights do not fit: expected 3×4, found 4×3.
                   Check that the weights were saved from this very model.
            """
        ),
        (
            Problem(.unusedWeights("a, b"), file: "w.h5"), .badInput,
            """
            error: file 'w.h5': the weights file has weights of layers that the model lacks: a, b.
                   Check that the weights were saved from this very model.
            """
        ),
        (
            Problem(.invalidShape("add: 3 does not fit 4"), layer: "sum"), .badInput,
            """
            error: layer 'sum': the shapes do not fit: add: 3 does not fit 4.
                   Check the input shapes, and give free ones with ConversionOptions.inputShapes.
            """
        ),
        (
            Problem(.invalidGraph("'y' is made twice", pass: "fold-batch-norm")), .internalFault,
            """
            error: the graph is inconsistent after the pass 'fold-batch-norm': 'y' is made twice.
                   Leave out the pass 'fold-batch-norm' with ConversionOptions.disabledPasses, and \
            report this as a fault of the converter together with the model.
            """
        ),
        (
            Problem(.internalFault("a key is missing"), file: "m.tflite"), .internalFault,
            """
            error: file 'm.tflite': the program met an error that it did not expect: a key is missing.
                   Report this as a fault of the program together with the model.
            """
        ),
        (
            Problem(.unsupportedOperator(name: "TRANSPOSE", reason: "rank 7"), layer: "p"),
            .unsupported,
            """
            error: layer 'p': the operator TRANSPOSE is not supported here: rank 7.
                   Change the part of the model that needs it, or cut the model before it.
            """
        ),
        (
            Problem(.unsupportedOperator(name: "ADD", reason: .elementType("int8"))),
            .unsupported,
            """
            error: the operator ADD does not take elements of type int8 here.
                   Convert the model without quantization.
            """
        ),
        (
            Problem(.unsupportedOperator(name: "ADD", reason: .quantizedElements)), .unsupported,
            """
            error: the operator ADD does not take quantized elements here.
                   Convert the model without quantization.
            """
        ),
        (
            Problem(.unsupportedTensor(name: "x", elementType: "INT4")), .unsupported,
            """
            error: the tensor 'x' has elements of type INT4, which are not supported here.
                   Change the part of the model that needs it, or cut the model before it.
            """
        ),
        (
            Problem(
                .invalidArgument(
                    "the batch must be positive", remedy: "Fix it to 1 with \(.batch).")),
            .usage,
            """
            error: the batch must be positive.
                   Fix it to 1 with ConversionOptions.batch.
            """
        ),
        (
            Problem(
                .verificationFailed(.output("y", error: "0.3", layer: "bn_1")),
                file: "m.tflite"), .verificationFailed,
            """
            error: file 'm.tflite': the written model computes something else: output 'y' differs \
            by 0.3, starting at layer 'bn_1'; rounding does not explain that.
                   The output file was left as it was. Leave out passes with \
            ConversionOptions.disabledPasses to find the cause.
            """
        ),
        (
            Problem(.accuracyLost(output: "y", layer: "dense", agreement: "3.1 dB")),
            .verificationFailed,
            """
            error: the quantized model agrees too little with the model: output 'y' has 3.1 dB, \
            lost first at layer 'dense'.
                   The output file was left as it was. Leave the layer 'dense' in float with \
            QuantizationOptions.floatLayers, or write the file all the same with QuantizationOptions.isForced.
            """
        ),
        (
            Problem(.verificationFailed(.layer("conv", error: "0.01 of its spread"))),
            .verificationFailed,
            """
            error: the written model computes something else: layer 'conv' differs by 0.01 of its \
            spread, though no output does; rounding does not explain that.
                   The output file was left as it was. Leave out passes with \
            ConversionOptions.disabledPasses to find the cause.
            """
        ),
        (
            Problem(.verificationFailed(.rounding(output: "y", error: "0.3", layer: "gru"))),
            .verificationFailed,
            """
            error: the written model cannot be verified: layer 'gru' amplifies rounding so much that \
            the model differs from itself by more than the tolerance; output 'y' differs by 0.3.
                   The output file was left as it was. Verify a shorter sequence with \
            ConversionOptions.inputShapes, or write the file with ConversionOptions.Verification.off.
            """
        ),
        (Problem(.cancelled), .cancelled, "error: the work was cancelled."),
    ]

    @Test(arguments: cases.indices) func textAndCode(index: Int) {
        let (problem, code, text) = Self.cases[index]
        #expect(problem.description == text)
        #expect(problem.code == code)
    }

    @Test func everyCodeIsReached() {
        #expect(Set(Self.cases.map(\.1)) == Set(ProblemCode.allCases))
    }

    @Test func terminalControlsFromAFileAreEscaped() {
        let problem = Problem(.missingField("a\nb"), layer: "\u{1B}[31mred")
        #expect(
            problem.headline == #"layer '\u{1B}[31mred': the configuration lacks 'a\nb'."#)
    }

    @Test func severalProblemsStandBelowEachOther() {
        let problems = Problems([Problem(.cancelled), Problem(.missingField("units"))])
        #expect(
            problems.description
                == "\(Problem(.cancelled).description)\n\(Problem(.missingField("units")).description)"
        )
        #expect(problems.code == .cancelled)
    }

    @Test func theInnermostLayerAndFileStay() {
        let problem = Problem(.cancelled).inLayer("inner", class: "Dense").inLayer("outer")
            .inFile("a.json").inFile("b.json")
        #expect(problem.headline == "file 'a.json', layer 'inner' (Dense): the work was cancelled.")
    }
}
