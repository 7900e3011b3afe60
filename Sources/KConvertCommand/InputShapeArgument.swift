import ArgumentParser

/// An argument such as `image=1,224,224,3`.
struct InputShapeArgument {
    let name: String
    let dims: [Int]

    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1)
        let dims = parts.last?.split(separator: ",").map { Int($0) } ?? []
        guard parts.count == 2, !dims.isEmpty, dims.allSatisfy({ $0.map { $0 >= 1 } ?? false })
        else {
            throw ValidationError("'\(text)' is not an input shape; write name=1,224,224,3.")
        }
        name = String(parts[0])
        self.dims = dims.compactMap { $0 }
    }
}
