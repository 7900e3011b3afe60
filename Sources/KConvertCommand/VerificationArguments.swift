import ArgumentParser
import KConvert

/// The options of a conversion that say how the written file is verified.
struct VerificationArguments: ParsableArguments {
    @Option(help: "How to verify the written file; full uses double accumulation.")
    var verify = ConversionOptions.Verification.fast

    @Option(help: "Verify against inputs and outputs recorded in a .npz file.", completion: .file())
    var data: String?

    /// Adds what the options say.
    func apply(to options: inout ConversionOptions) {
        options.verification = verify
        options.checksWeights = verify != .off
        options.verificationData = data
    }
}

extension ConversionOptions.Verification: ExpressibleByArgument {}
