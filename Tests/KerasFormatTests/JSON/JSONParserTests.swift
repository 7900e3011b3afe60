import KerasFormat
import Problems
import TestSupport
import Testing

@Suite struct JSONParserTests {
    @Test func readsPythonJSON() throws {
        let json = try JSONParser.parse(
            """
            \u{FEFF} {"z": [NaN, Infinity, -Infinity, 1e300, -0.5, 3, true, null, "a\\u0000b\\u00e9"],
             "a": {}, "big": 99999999999999999999, "wide": 9223372036854775808}

            """)
        let list = try #require(json["z"]?.array)
        #expect(json.object?.keys == ["z", "a", "big", "wide"])
        #expect(list[0].number?.isNaN == true)
        #expect(list[1].number == .infinity && list[2].number == -.infinity)
        #expect(list[3] == .double(1e300) && list[3].int == nil)
        #expect(list[5] == .int(3) && list[6] == .bool(true) && list[7].isNull)
        #expect(list[8].string == "a\0bé")
        #expect(json["wide"]?.int == nil && json["wide"]?.number == 0x1p63)
        #expect(json["big"]?.int == nil)
    }

    @Test(arguments: ["{\"a\": [1, 2", "{\"a\": \"b", "", "  \n", "{\"a\": tru"])
    func tellsTruncatedText(_ text: String) {
        #expect(throws: Problem(.truncated(what: "JSON text"))) { try JSONParser.parse(text) }
    }

    @Test func tellsWhereTextIsBroken() {
        let problem = #expect(throws: Problem.self) {
            try JSONParser.parse("{\"a\": 1,\n \"b\": ?}")
        }
        guard case .malformed(_, let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.hasSuffix("at line 2, column 7"))
    }

    @Test(arguments: ["{} {}", "[1] x", "{}]"])
    func refusesTrailingText(_ text: String) {
        #expect(throws: Problem.self) { try JSONParser.parse(text) }
    }

    @Test func refusesDeepNesting() throws {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(try JSONParser.parse(deep(250)).array?.count == 1)
        #expect(throws: Problem(.tooLarge(what: "JSON nesting", value: "more than 256 levels"))) {
            try JSONParser.parse(deep(100_000))
        }
    }

    @Test func survivesDamage() {
        let text = Array("{\"a\": [1, -2.5e3, {\"b\": \"\\u00e9\"}], \"c\": [null, NaN]}".utf8)
        var accepted = 0
        Damage.mutate(text, count: 3000) { bytes in
            bytes.withUnsafeBytes { if (try? JSONParser.parse($0)) != nil { accepted += 1 } }
        }
        #expect(accepted > 0 && accepted < 3000)
    }
}
