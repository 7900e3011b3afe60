/// Recognizes handwritten digits: a line of standard input is an image of 8×8 pixels from 0 to 16, and the digit is printed.
///
///     DigitRecognizer <images.csv
@main
struct DigitRecognizer {
    static func main() throws {
        let model = try Digits()
        while let line = readLine() {
            let pixels = line.split(separator: ",").compactMap { Float($0) }
            let scores = try model.predict(Digits.Input(image: pixels)).digit
            let best = scores.indices.max { scores[$0] < scores[$1] }
            print(best.map(String.init) ?? "?")
        }
    }
}
