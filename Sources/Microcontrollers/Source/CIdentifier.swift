/// Names in C++ for names of files and tensors.
package struct CIdentifier {
    private var taken: Set<String> = []

    /// No names yet.
    package init() {}

    /// A name of letters, digits and underscores that is not a word of C or C++ and differs from those given before in more
    /// than the case of letters.
    ///
    /// - Parameter fallback: the name for texts without letters and digits.
    package mutating func unique(_ text: String, fallback: String) -> String {
        let base = Self.name(text, fallback: fallback)
        var name = base
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            name = "\(base)_\(number)"
            number += 1
        }
        return name
    }

    /// A name that no word of the languages and no common namespace has.
    package static func name(_ text: String, fallback: String) -> String {
        var name = ""
        for character in text.unicodeScalars {
            let isPlain =
                ("a"..."z").contains(character) || ("A"..."Z").contains(character)
                || ("0"..."9").contains(character)
            // Two underscores in a row belong to compilers.
            if isPlain {
                name.unicodeScalars.append(character)
            } else if name.last != "_" {
                name += "_"
            }
        }
        while name.last == "_" { name.removeLast() }
        while name.first == "_" { name.removeFirst() }
        if name.isEmpty { name = fallback }
        if name.first?.isNumber == true { name = "model_" + name }
        return reserved.contains(name) ? name + "_model" : name
    }

    /// Words of C and C++, their macros, and namespaces that a program has.
    private static let reserved = Set(
        """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t
        class compl concept const consteval constexpr constinit const_cast continue co_await co_return co_yield
        decltype default delete do double dynamic_cast else enum explicit export extern false float for friend
        goto if import inline int long main module mutable namespace new noexcept not not_eq nullptr operator or
        or_eq private protected public register reinterpret_cast requires restrict return short signed sizeof
        static static_assert static_cast struct switch template this thread_local throw true try typedef typeid
        typename union unsigned using virtual void volatile wchar_t while xor xor_eq
        NULL EOF INFINITY NAN assert errno linux unix
        std tflite tensorflow flatbuffers gemmlowp ruy abs div exp log pow sin cos tan sqrt time signal index
        """.split { $0.isWhitespace }.map(String.init))
}
