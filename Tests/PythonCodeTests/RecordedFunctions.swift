import Foundation
import TestSupport

/// The functions that `testdata/python/make.py` has recorded under every Python.
struct RecordedFunction: Decodable {
    struct Call: Decodable {
        let arguments: [NumberMeaning.Value]
        let result: NumberMeaning.Value
    }

    let name: String
    let code: String
    /// What the function returns; nil if the reader has to refuse it.
    let text: String?
    let refusal: String?
    let calls: [Call]?
    let defaults: [NumberMeaning.Value]?
    let closure: [NumberMeaning.Value]?

    static let versions = ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"]

    static func all(_ version: String) throws -> [RecordedFunction] {
        let file = URL(filePath: Repository.testdata("python/\(version).json"))
        return try JSONDecoder().decode([RecordedFunction].self, from: Data(contentsOf: file))
    }
}
