import Foundation
import Foundations
import KerasFormat
import Problems
import TestSupport
import Testing

/// YAML as PyYAML writes it, and as nobody should.
@Suite struct YAMLParserTests {
    private func parse(_ text: String) throws -> JSONValue {
        try YAMLParser.parse(Array(text.utf8))
    }

    private func json(_ text: String) throws -> JSONValue { try JSONParser.parse(text) }

    /// Each text of YAML with the same in JSON.
    @Test(arguments: [
        ("a: 1\nb:\n- 2\n- x: 3\n  y: null\n", #"{"a": 1, "b": [2, {"x": 3, "y": null}]}"#),
        ("a: {b: [1, 2.5, -3], c: {}}\nd: []\n", #"{"a": {"b": [1, 2.5, -3], "c": {}}, "d": []}"#),
        ("- - - in_1\n    - 0\n    - {}\n- x\n", #"[[["in_1", 0, {}]], "x"]"#),
        (
            "a: !!python/tuple [null, 5]\nb: !!python/tuple\n- 1\n- 2\n",
            #"{"a": [null, 5], "b": [1, 2]}"#
        ),
        (
            "a: &id001 [3, 3]\nb: *id001\nc: &x\n  d: 1\ne: *x",
            #"{"a":[3,3],"b":[3,3],"c":{"d":1},"e":{"d":1}}"#
        ),
        (
            "s: !!python/object/apply:tensorflow.python.TensorShape\n- - !!python/object/apply:t.Dimension\n    - null\n  - 5\n",
            #"{"s": [null, 5]}"#
        ),
        (
            "o: !!python/object/apply:collections.OrderedDict\n- - - a\n    - 1\n  - - b\n    - 2\n",
            #"{"o": {"a": 1, "b": 2}}"#
        ),
        (
            "a: yes\nb: Off\nc: ~\nd:\ne: 1.0e-05\nf: .inf\ng: 0x1F\nh: 010\ni: 1_000\nj: 2.2.4-tf\n",
            #"{"a":true,"b":false,"c":null,"d":null,"e":1e-5,"f":Infinity,"g":31,"h":8,"i":1000,"j":"2.2.4-tf"}"#
        ),
        (
            "a: 'it''s: # no'\nb: \"x\\ty\\x41\\u00e9\\\n  z\"\nc: 'yes'\n",
            #"{"a":"it's: # no","b":"x\ty\u0041\u00e9z","c":"yes"}"#
        ),
        (
            "a: one two\n  three\n\n  four # five\nb: 'x\n\n  y\n  z'\n",
            #"{"a":"one two three\nfour","b":"x\ny z"}"#
        ),
        (
            "a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\nc: |2\n    q\nd: 1",
            #"{"a":"x\n y\n\nz\n","b":"x y\nz","c":"  q\n","d":1}"#
        ),
        (
            "%YAML 1.1\n---\n# first\n{a: b,\n  'c' : [d\n, e f],\n}\n...\n",
            #"{"a":"b","c":["d","e f"]}"#
        ),
        (
            "n: !!python/object/apply:numpy.core.multiarray.scalar\n- !!python/object/apply:numpy.dtype\n  args: [i8, 0, 1]\n- !!binary |\n  8P////////8=\n",
            #"{"n": -16}"#
        ),
        ("\"a b\" : !!str 12\n? \n", ""),
    ])
    func readsWhatPyYAMLWrites(yaml: String, same: String) throws {
        guard !same.isEmpty else {
            #expect(throws: Problem.self) { try self.parse(yaml) }
            return
        }
        #expect(try parse(yaml) == json(same))
    }

    @Test(arguments: [
        "a: 1\n  b: 2\n", "a: 1\na: 2\n", "a: *b\n", "a: [1, 2\n", "a: 'x\n", "<<: {a: 1}\n",
        "a: 1\n---\nb: 2\n",
        "a: !!python/object/apply:os.system ['ls']\n", "a: !!python/name:f\n", "\ta: 1\n",
        "a: \"\\q\"\n",
        "a: &b [*b]\n", "{a: 1, a: 2}\n", "a: - 1\n", "? [a]\n: 1\n", "a: @b\n",
    ])
    func refusesTheRest(yaml: String) {
        let problem = #expect(throws: Problem.self) { try self.parse(yaml) }
        guard case .malformed("YAML text", let reason)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(reason.contains(" at line "))
    }

    /// Text that would take endless memory, time or stack is refused soon.
    @Test func boundsHostileText() {
        let bomb = (1..<40).map { "k\($0): &k\($0) [*k\($0 - 1), *k\($0 - 1)]\n" }.joined()
        let deep = String(repeating: "[", count: 100_000)
        let dashes = String(repeating: "- ", count: 100_000)
        for text in [
            "k0: &k0 [x, x]\n" + bomb, "a: " + deep, dashes, String(repeating: "{a: ", count: 9999),
        ] {
            let problem = #expect(throws: Problem.self) { try self.parse(text) }
            guard case .tooLarge? = problem?.kind else {
                Issue.record("\(String(describing: problem).prefix(200))")
                continue
            }
        }
    }

    /// Damaged files give a problem or a value, and long lines take no more than their length.
    @Test func survivesDamage() throws {
        let file = Repository.testdata("keras2/formats/k2_0_recurrent.yaml")
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        try Damage.mutate(bytes, count: 300) { copy in
            do { _ = try YAMLParser.parse(copy) } catch is Problem {}
        }
        try Damage.truncate(bytes, count: 100) { copy in
            do { _ = try YAMLParser.parse(copy) } catch is Problem {}
        }
        let long = "a: [" + String(repeating: "1, ", count: 200_000) + "]"
        #expect(try parse(long)["a"]?.array?.count == 200_000)
    }
}
