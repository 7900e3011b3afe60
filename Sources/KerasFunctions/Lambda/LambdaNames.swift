import PythonCode

/// The modules that people call by many names.
enum LambdaNames {
    /// The path of a global name; nil if it is one of the author's own.
    static func root(_ name: String) -> String? {
        if let module = roots[name] { return module }
        return builtins.contains(name) ? "python.\(name)" : nil
    }

    /// Whether paths of modules begin with a word.
    static func isModule(_ root: String) -> Bool {
        root == "python" || roots.values.contains { $0 == root || $0.hasPrefix(root + ".") }
    }

    private static let roots: [String: String] = {
        let names = [
            "K": "K backend keras_backend KB kb k T KTF",
            "tf": "tf ktf tensorflow tf1 tf2",
            "keras": "keras tk tfk tf_keras",
            "ops": "ops knp kops",
            "np": "np numpy onp",
            "math": "math",
            "functools": "functools",
            "functools.partial": "partial",
            "tf.nn": "nn",
            "keras.activations": "activations",
            "keras.applications.imagenet_utils": "imagenet_utils",
        ]
        return names.reduce(into: [:]) { roots, entry in
            for name in entry.value.split(separator: " ") { roots[String(name)] = entry.key }
        }
    }()

    private static let builtins: Set = [
        "float", "int", "bool", "len", "abs", "min", "max", "sum", "round", "tuple", "list",
        "print",
        "isinstance", "range", "str", "pow",
    ]

    /// Whether a name is that of a function of Python's own that has no meaning here.
    static func isPython(_ name: String) -> Bool { otherBuiltins.contains(name) }

    private static let otherBuiltins: Set = [
        "eval", "exec", "open", "compile", "getattr", "setattr", "hasattr", "map", "filter",
        "sorted",
        "input", "globals", "locals", "vars", "type", "super", "any", "all", "divmod", "format",
        "__import__",
    ]

    /// The path of an attribute of a module; parts that only say where a module is imported from are left out.
    static func path(_ base: String, _ name: String) -> String {
        switch (base, name) {
        case ("keras", "backend"): "K"
        case ("keras", "ops"): "ops"
        case ("K", "tf"), ("K", "tensorflow"): "tf"
        case ("tf", "keras"), ("tf.v1", "keras"): "keras"
        case ("tf", "compat"): "tf.compat"
        case ("tf.compat", "v1"): "tf.v1"
        case ("tf.compat", "v2"): "tf"
        case ("keras", "src"), ("keras", "_src"), ("keras", "api"): "keras"
        case ("ops", "numpy"), ("ops", "nn"), ("ops", "math"): "ops"
        default: base + "." + name
        }
    }

    /// Values that modules hold.
    static func constant(_ path: String) -> PythonConstant? {
        let parts = path.split(separator: ".")
        guard let leaf = parts.last.map(String.init), parts.count > 1 else { return nil }
        if types.contains(leaf), ["tf", "np", "K"].contains(parts[0]) {
            return .string(leaf == "half" ? "float16" : leaf)
        }
        switch path {
        case "np.pi", "math.pi": return .float(.pi)
        case "np.e", "math.e": return .float(2.718281828459045)
        case "np.inf", "math.inf": return .float(.infinity)
        case "np.newaxis", "tf.newaxis": return PythonConstant.none
        default: break
        }
        guard path.contains("ResizeMethod.") else { return nil }
        return .string(leaf.lowercased().replacing("_neighbor", with: ""))
    }

    private static let types: Set = [
        "float16", "half", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64",
        "uint8",
        "uint16", "uint32", "uint64", "bool", "complex64", "complex128",
    ]
}
