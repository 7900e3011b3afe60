import Foundation
import KConvert
import TestSupport
import Testing

/// What goes wrong with layers of a user's own is told with the layer and a way out.
struct CustomLayerErrorTests {
    private func failure(_ model: String, _ converter: Converter) throws -> ConversionError {
        try Repository.withTemporaryFolder { folder in
            let source = ModelSource(model: Repository.testdata(model))
            let error = #expect(throws: ConversionError.self) {
                try converter.convert(source, to: folder.appending(path: "m.tflite").path)
            }
            return try #require(error)
        }
    }

    private func converter(_ register: (inout Converter) -> Void) -> Converter {
        var converter = Converter()
        register(&converter)
        return converter
    }

    @Test(arguments: ["keras2/custom/residual.keras", "keras3/custom/residual.keras"])
    func unknownLayersAreNamedTogether(model: String) throws {
        let error = try failure(model, Converter())
        #expect(error.code == .unsupported)
        #expect(error.issues.map(\.layer) == ["one", "two"])
        #expect(error.issues.allSatisfy { $0.layerClass == "Residual" })
        #expect(error.issues.allSatisfy { $0.remedy?.contains("Converter.register") == true })
    }

    @Test(arguments: ["keras2/custom/renamed.keras", "keras3/custom/renamed.keras"])
    func classesAreTakenForKnownOnesIfTheCallerSaysSo(model: String) throws {
        let error = try failure(model, Converter())
        #expect(error.issues.map(\.layer) == ["steps", "norm", "last"])
        #expect(error.issues.first?.message.contains("'my_package>Dense' is not known") == true)
        #expect(error.issues.allSatisfy { $0.remedy?.contains("Converter.registerClass") == true })
        #expect(error.issues[1].remedy?.contains("'my_package>Norm=BatchNormalization'") == true)
        var converter = Converter()
        try converter.registerClass("my_package>Dense", as: "Dense")
        try converter.registerClass("my_package>Norm", as: "BatchNormalization")
        #expect(try failure(model, converter).issues.map(\.layer) == ["last"])
        try converter.registerClass("squash", as: "tanh")
        try Repository.withTemporaryFolder { folder in
            let report = try converter.convert(
                ModelSource(model: Repository.testdata(model)),
                to: folder.appending(path: "m.tflite").path)
            #expect(report.verification?.isPassed == true)
        }
    }

    @Test(arguments: [("Norm", "BatchNormalisation"), ("", "Dense"), ("Norm", "")])
    func unknownClassesAreNotTakenForOthers(name: String, known: String) {
        var converter = Converter()
        let error = #expect(throws: ConversionError.self) {
            try converter.registerClass(name, as: known)
        }
        #expect(error?.code == .usage)
    }

    @Test func unknownActivationsAreNamedTogether() throws {
        let error = try failure("keras3/custom/activation.keras", Converter())
        #expect(error.issues.map(\.layer) == ["dense", "lstm", "activation"])
        #expect(
            error.issues.allSatisfy {
                $0.message.contains("my_package>shifted_relu")
                    && $0.remedy?.contains("registerActivation") == true
            })
    }

    @Test func problemsOfBuildingJoinThoseOfReading() throws {
        let converter = converter {
            $0.register("Scale") { layer -> LayerTensor in
                throw LayerError("no \(layer.name) today", remedy: "Come tomorrow.")
            }
        }
        try Repository.withTemporaryFolder { folder in
            let model = folder.appending(path: "model.json")
            try String(
                contentsOfFile: Repository.testdata("keras2/custom/scale.json"), encoding: .utf8
            )
            .replacingOccurrences(of: "\"Conv2D\"", with: "\"Mystery\"")
            .write(to: model, atomically: true, encoding: .utf8)
            let source = ModelSource(
                architecture: model.path, weights: Repository.testdata("keras2/custom/scale.h5"))
            let error = #expect(throws: ConversionError.self) {
                try converter.convert(source, to: folder.appending(path: "m.tflite").path)
            }
            let issues = try #require(error).issues
            #expect(issues.map(\.layerClass) == ["Mystery", "Scale"])
            #expect(issues.last?.message == "no rows today.")
            #expect(issues.last?.remedy == "Come tomorrow.")
            #expect(issues.last?.layer == "rows")
        }
    }

    @Test func aClassOfAnotherPackageIsNotMeant() throws {
        let error = try failure(
            "keras3/custom/swish.keras", converter { $0.register("other>Swish") { try $0.input } })
        #expect(error.issues.map(\.layerClass) == ["Swish", "Swish"])
    }

    @Test func weightsThatDoNotFitAreNamed() throws {
        for model in [
            "keras3/custom/swish.keras", "keras3/custom/swish.whole.h5",
            "keras2/custom/swish.keras",
        ] {
            let error = try failure(
                model,
                converter {
                    $0.register("Swish") { layer in
                        try layer.input * layer.weight("beta", shape: [1])
                    }
                })
            #expect(error.code == .badInput, "\(error)")
            #expect(error.description.contains("beta"), "\(error)")
        }
    }

    @Test func aMissingFieldIsNamed() throws {
        let error = try failure(
            "keras3/custom/scale.keras",
            converter {
                $0.register("Scale") { layer in
                    try layer.input * Double(layer.configuration.int("power"))
                }
            })
        #expect(error.description.contains("power"))
        #expect(error.issues[0].layer == "rows")
    }

    @Test func otherErrorsBecomeProblemsOfTheLayer() throws {
        struct Odd: Error {}
        let error = try failure(
            "keras3/custom/swish.keras",
            converter { $0.register("Swish") { _ -> LayerTensor in throw Odd() } })
        #expect(error.code == .unsupported)
        #expect(error.issues.map(\.layer).contains("first"))
        #expect(error.description.contains("Odd"))
    }

    @Test func layersThatContainThemselvesEnd() throws {
        let error = try failure(
            "keras3/custom/swish.keras",
            converter {
                $0.register("Swish") { layer in
                    try layer.sublayer("inner", "Swish")(layer.input)
                }
            })
        #expect(error.description.contains("layers in layers"))
    }

    @Test func shapesThatDoNotFitNameTheSublayer() throws {
        let error = try failure(
            "keras3/custom/swish.keras",
            converter {
                $0.register("Swish") { layer in
                    try layer.sublayer("pool", "MaxPooling2D")(layer.input)
                }
            })
        #expect(error.description.contains("first/pool"), "\(error)")
    }
}
