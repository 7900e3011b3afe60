/// A rule for make and ninja that names the files an output was made from.
struct DependencyRule {
    let output: String
    let inputs: [String]

    /// `output: input input`, one input a line.
    ///
    /// - Throws: `Command.Failure` if a path holds a line end, which no rule can name.
    var text: String {
        get throws {
            let parts = try ([output + ":"] + inputs).enumerated().map { index, path in
                index == 0 ? try Self.escaped(output) + ":" : try Self.escaped(path)
            }
            return parts.joined(separator: " \\\n  ") + "\n"
        }
    }

    /// A path in the spelling that both programs read: `\` before spaces, `#` and colons, `$$` for `$`.
    private static func escaped(_ path: String) throws -> String {
        var result = ""
        var backslashes = 0
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\n", "\r":
                throw Command.Failure(
                    description: "error: file '\(path)': its name holds a line end, which "
                        + "a dependency rule cannot name.\n       Rename the file.",
                    code: .usage)
            case " ", "\t":
                // Backslashes before a space stand for half as many.
                result += String(repeating: "\\", count: backslashes + 1)
            case "#", ":":
                result += "\\"
            case "$":
                result += "$"
            default:
                break
            }
            backslashes = scalar == "\\" ? backslashes + 1 : 0
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
