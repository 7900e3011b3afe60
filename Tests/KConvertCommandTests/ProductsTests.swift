import Foundation
import TestSupport
import Testing

/// The command and the examples are clients of the products, as any other program is.
struct ProductsTests {
    private static let allowed: Set<String> = [
        "KConvert", "Interpreter", "TensorFiles", "ArgumentParser", "Foundation",
        "FoundationEssentials", "Glibc", "Musl", "Darwin", "PackageDescription",
    ]

    @Test(arguments: ["Sources/KConvertCommand", "examples"])
    func clientsImportProductsOnly(folder: String) throws {
        let root = Repository.root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".swift") && !$0.contains(".build/") }
        #expect(names.count >= 5)
        for name in names {
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            for line in text.matches(of: #/(?m)^\s*(?:@\w+ )?import (\w+)/#) {
                #expect(Self.allowed.contains(String(line.1)), "\(name)")
            }
        }
    }
}
