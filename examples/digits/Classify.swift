import Interpreter
import TensorFiles

/// Classifies the test images with a converted file and compares with the true digits and with Keras.
///
///     digits-example digits.tflite test.npz
@main
struct Classify {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 2 else {
            print("usage: digits-example digits.tflite test.npz")
            return
        }
        let model = try LiteModel(contentsOf: arguments[0])
        let arrays = Dictionary(
            uniqueKeysWithValues: try TensorFile.read(arguments[1]).map { ($0.name, $0.tensor) })
        guard let images = arrays["in0"], let keras = arrays["out0"], let labels = arrays["labels"]
        else {
            print("\(arguments[1]) has no in0, out0 and labels")
            return
        }
        let pixels = split(try images.values(), into: images.shape[0])
        let expected = split(try keras.values(), into: images.shape[0])
        let digits = try labels.values(of: Int32.self).map { Int($0) }
        let predictions = try model.predict(pixels)
        show(Array(pixels.prefix(5)), Array(predictions.prefix(5)), Array(digits.prefix(5)))
        summarize(predictions, digits, expected)
    }

    private static func split(_ values: [Float], into count: Int) -> [[Float]] {
        let size = values.count / max(count, 1)
        return (0..<count).map { Array(values[$0 * size..<($0 + 1) * size]) }
    }

    /// Draws images side by side, with the prediction below each.
    private static func show(_ images: [[Float]], _ predictions: [[Float]], _ digits: [Int]) {
        let shades = Array(" .:-=+*#%@")
        for row in 0..<8 {
            let line = images.map { image in
                String(
                    image[row * 8..<(row + 1) * 8].flatMap { pixel in
                        let shade = shades[min(max(Int(pixel / 16 * 9), 0), 9)]
                        return [shade, shade]
                    })
            }
            print("  " + line.joined(separator: "  "))
        }
        let captions = zip(predictions, digits).map { prediction, digit in
            let best = best(prediction)
            let caption = "is \(digit): \(best) (\(Int((prediction[best] * 100).rounded())) %)"
            return caption + String(repeating: " ", count: max(16 - caption.count, 0))
        }
        print("  " + captions.joined(separator: "  "))
    }

    private static func summarize(
        _ predictions: [[Float]], _ digits: [Int], _ expected: [[Float]]
    ) {
        let right = zip(predictions, digits).count { best($0) == $1 }
        let error = zip(predictions, expected).flatMap { zip($0, $1).map { abs($0 - $1) } }.max()
        print("  \(right) of \(digits.count) test images are classified correctly")
        print("  largest difference to Keras' probabilities: \(error ?? 0)")
    }

    private static func best(_ scores: [Float]) -> Int {
        scores.indices.max { scores[$0] < scores[$1] } ?? 0
    }
}
