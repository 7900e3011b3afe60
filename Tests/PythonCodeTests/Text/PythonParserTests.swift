import Problems
import Testing

import PythonCode

@Suite struct PythonParserTests {
    @Test(arguments: [
        ("x/127.5-1", "x / 127.5 - 1"), ("( x )", "x"), ("-2 ** 2", "-2 ** 2"),
        ("(-2)**2", "(-2) ** 2"),
        ("x[ 1 : ,::-1 , ...]", "x[1:, ::-1, ...]"), ("x[0][1,]", "x[0][1,]"),
        ("K.mean( x,axis = (1,2,) )", "K.mean(x, axis=(1, 2))"), ("a, b", "(a, b)"), ("()", "()"),
        ("(a,)", "(a,)"), ("not a == b", "not a == b"), ("a not in [1]", "a not in [1]"),
        ("a is not None", "a is not None"), ("a and b", "b if a else a"),
        ("a or b", "a if a else b"), ("1 if a else 2 if b else 3", "1 if a else 2 if b else 3"),
        ("(1 if a else 2) + 3", "(1 if a else 2) + 3"), ("a - (b - c) - d", "a - (b - c) - d"),
        ("a * (b + c) @ d", "a * (b + c) @ d"), ("~a | b & c ^ d << 1", "~a | b & c ^ d << 1"),
        ("2 ** 3 ** 2", "2 ** 3 ** 2"), ("(2 ** 3) ** 2", "(2 ** 3) ** 2"), ("- - x", "--x"),
        ("f(x)(y).z", "f(x)(y).z"), ("lambda a, b: a + b", "lambda a, b: a + b"),
        ("f(lambda: x)", "f(lambda: x)"), ("{'a': 1, \"b\": x}", "{'a': 1, 'b': x}"),
        ("'it\\'s'", "\"it's\""), ("'\\n\\\\'", "'\\n\\\\'"),
        ("1e-7 + .5 + 2.", "1e-07 + 0.5 + 2.0"),
        ("True + None", "True + None"), ("(1).real", "(1).real"), ("x < -1", "x < -1"),
    ])
    func readsExpressions(_ text: String, _ printed: String) throws {
        let expression = try PythonParser.expression(text)
        #expect(PythonText().text(expression) == printed)
        #expect(try PythonText().text(PythonParser.expression(printed)) == printed)
    }

    @Test(arguments: [
        ("", "an operand is missing at the end"), ("x /", "an operand is missing at the end"),
        ("x / )", "')' is unexpected"), ("(x", "',' is missing at the end"),
        ("f(a=1, 2)", "an argument by position follows one by name"),
        ("a < b < c", "comparisons in a row are not understood"), ("x['a", "a string has no end"),
        ("1e999", "'1e999' is not a number"), ("12ab", "'12ab' is not a number"),
        ("x = 3", "'=' is unexpected"), ("x; y", "';' cannot be in an expression"),
        ("1 if x", "'else' is missing at the end"), ("x.", "'name' is missing at the end"),
        ("x[]", "']' is unexpected"), ("{1}", "':' is missing before '}'"),
        ("x y", "'y' is unexpected"),
    ])
    func saysWhatIsWrong(_ text: String, _ reason: String) throws {
        let problem = #expect(throws: Problem.self) { try PythonParser.expression(text) }
        #expect(problem?.message == "the expression cannot be read: \(reason).")
    }

    @Test(arguments: [
        "(", "a**", "-", "f(", "a if b else ", "x[", "a or ", "a.b", "a+", "lambda:",
    ])
    func survivesDeepNesting(_ part: String) {
        let text = String(repeating: part, count: 10_000) + "x"
        #expect(throws: Problem.self) { try PythonParser.expression(text) }
    }
}
