import Foundations

/// Finding the known class that somebody may have meant by an unknown one.
///
/// Names that are alike often mean different things (`CReLU` and `PReLU`), so that only abbreviations and typing errors count.
package enum ClassSuggestion {
    /// The class that a name abbreviates (`BatchNorm`) or misspells, Keras' own before those of packages; nil if none is sure.
    ///
    /// - Parameter name: the class, with or without package.
    package static func nearest(to name: String) -> String? {
        let name = stem(of: name)
        return [LayerCatalog.all, LayerCatalog.thirdParty].lazy
            .map { $0.flatMap { $0.classNames } }
            .compactMap { completion(of: name, among: $0) ?? correction(of: name, among: $0) }.first
    }

    /// The name in small letters without its package and without the word that all layers could have.
    private static func stem(of name: String) -> String {
        let own = (name.split(separator: ">").last ?? "").lowercased()
        return own.hasSuffix("layer") && own != "layer" ? String(own.dropLast(5)) : own
    }

    /// The shortest class that begins with a name and ends its last word, if all others that begin with the name begin with
    /// that class.
    private static func completion(of name: String, among classes: [String]) -> String? {
        let found = classes.filter { stem(of: $0).hasPrefix(name) }
            .sorted { ($0.count, $0) < ($1.count, $1) }
        guard let first = found.first else { return nil }
        let shortest = stem(of: first)
        let rest = first.split(separator: ">").last?.dropFirst(name.count)
        guard name.count >= 3, name.count * 5 >= shortest.count * 2,
            rest?.first?.isLowercase ?? true || rest == "Layer",
            found.allSatisfy({ stem(of: $0).hasPrefix(shortest) })
        else { return nil }
        return first
    }

    /// The class that differs by a letter, or by two if it is long, but neither in its first letter nor in digits.
    private static func correction(of name: String, among classes: [String]) -> String? {
        let digits = name.filter(\.isNumber)
        let candidates = classes.filter {
            let other = stem(of: $0)
            return other.count >= 5 && other.first == name.first
                && other.filter(\.isNumber) == digits
                && NearestName.editDistance(name, other) <= (other.count >= 8 ? 2 : 1)
        }
        return candidates.min {
            NearestName.editDistance(name, stem(of: $0))
                < NearestName.editDistance(name, stem(of: $1))
        }
    }
}
