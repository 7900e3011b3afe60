/// The names that Keras derives from classes for groups of the object layout and for layers without a name.
package enum ObjectNaming {
    /// The name of the first object of a class: `Conv2DTranspose` gives `conv2d_transpose`, `PReLU` `p_re_lu`.
    ///
    /// An underscore goes before each capital that small letters follow, and between a small letter or digit and a
    /// capital.
    package static func base(ofClass className: String) -> String {
        if className == "GroupQueryAttention" { return "grouped_query_attention" }
        let letters = className.filter { $0.isLetter || $0.isNumber || $0 == "_" }.map { $0 }
        var name = ""
        for (index, letter) in letters.enumerated() {
            if index > 0, letter.isUppercase {
                let next = index + 1 < letters.count ? letters[index + 1] : nil
                let previous = letters[index - 1]
                if next?.isLowercase == true || previous.isLowercase { name += "_" }
            }
            name += letter.lowercased()
        }
        return name
    }

    /// The name of the object of a class that `index` others precede: `dense`, `dense_1`, ….
    package static func name(_ base: String, _ index: Int) -> String {
        index == 0 ? base : "\(base)_\(index)"
    }

    /// The number in a name with this base, 0 for the base itself; nil for the name of another class.
    package static func index(of name: String, base: String) -> Int? {
        if name == base { return 0 }
        guard name.hasPrefix(base + "_") else { return nil }
        return Int(name.dropFirst(base.count + 1)).flatMap { $0 >= 0 ? $0 : nil }
    }
}
