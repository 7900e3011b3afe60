import KerasFormat
import Problems
import Tensors
import Testing

@Suite struct LayerConfigTests {
    private enum Padding: String, CaseIterable { case valid, same }

    private func config(_ text: String) throws -> LayerConfig {
        LayerConfig(try #require(JSONParser.parse(text).object))
    }

    @Test func readsFields() throws {
        let config = try config(
            """
            {"units": 8, "whole": 64.0, "none": null, "flag": 1, "eps": 1e-3, "max": Infinity,
             "padding": "same", "k": [3, 5], "s": 2, "dtype": {"class_name": "Policy",
             "config": {"name": "mixed_float16"}}}
            """)
        #expect(try config.int("units") == 8 && config.size("whole") == 64)
        #expect(try config.int("none", default: -1) == -1 && config.optionalInt("gone") == nil)
        #expect(try config.bool("flag") && config.double("eps") == 0.001)
        #expect(try config.double("max") == .infinity && config.double("units") == 8)
        #expect(try config.choice("padding", default: Padding.valid) == .same)
        #expect(
            try config.sizes("k", count: 2) == [3, 5] && config.sizes("s", count: 3) == [2, 2, 2])
        #expect(
            try config.ints("k") == [3, 5] && config.sizes("d", count: 2, default: 1) == [1, 1])
        #expect(config.dtypeName == "mixed_float16")
    }

    @Test func tellsMissingFields() throws {
        let config = try config("{\"none\": null}")
        for field in ["none", "gone"] {
            #expect(throws: Problem(.missingField(field))) { try config.int(field) }
            #expect(throws: Problem(.missingField(field))) { try config.sizes(field, count: 2) }
            #expect(throws: Problem(.missingField(field))) { try config.string(field) }
        }
    }

    @Test(arguments: [
        "2147483648", "1e300", "9223372036854775808", "-1", "0", "1.5", "\"3\"", "[]",
    ])
    func refusesSizes(_ value: String) throws {
        let config = try config("{\"filters\": \(value), \"list\": [3, \(value)]}")
        #expect(throws: Problem.self) { try config.size("filters") }
        #expect(throws: Problem.self) { try config.sizes("list", count: 2) }
    }

    @Test func saysWhatIsExpected() throws {
        let config = try config("{\"padding\": \"full\", \"alpha\": NaN, \"k\": [1, 2, 3]}")
        #expect(
            throws: Problem(
                .invalidField("padding", value: "\"full\"", expected: "one of valid, same"))
        ) { try config.choice("padding", of: Padding.self) }
        #expect(
            throws: Problem(.invalidField("k", value: "[1, 2, 3]", expected: "2 integers"))
        ) { try config.ints("k", count: 2) }
        #expect(throws: Problem.self) { try config.double("alpha") }
        #expect(throws: Problem.self) { try config.bool("padding") }
    }

    @Test func readsPairs() throws {
        let config = try config(
            "{\"a\": 1, \"b\": [1, 2], \"c\": [[1, 2], [3, 4]], \"d\": [[1, 2, 3], 1], \"e\": -1}")
        let flat = { (field: String, count: Int) in
            try config.pairs(field, count: count).flatMap { [$0.before, $0.after] }
        }
        #expect(try flat("a", 2) == [1, 1, 1, 1] && flat("b", 2) == [1, 1, 2, 2])
        #expect(try flat("b", 1) == [1, 2] && flat("c", 2) == [1, 2, 3, 4])
        #expect(throws: Problem.self) { try flat("c", 3) }
        #expect(throws: Problem.self) { try flat("d", 2) }
        #expect(throws: Problem.self) { try flat("e", 2) }
    }

    @Test func readsArrays() throws {
        let config = try config(
            """
            {"a": 2, "b": [[1, 2], [3, 4.5]], "c": {"class_name": "__numpy__",
             "config": {"value": [1], "dtype": "float32"}}, "ragged": [[1], [2, 3]], "deep": [[1], 2]}
            """)
        #expect(try config.optionalArray("a")?.shape == [])
        #expect(try config.optionalArray("b")?.values == [1, 2, 3, 4.5])
        #expect(try config.optionalArray("b")?.shape == [2, 2])
        #expect(try config.optionalArray("c")?.values == [1])
        #expect(throws: Problem.self) { try config.optionalArray("ragged") }
        #expect(throws: Problem.self) { try config.optionalArray("deep") }
    }

    @Test(arguments: [
        "{\"batch_input_shape\": [null, 4]}", "{\"batch_shape\": [null, 4]}",
        "{\"type_spec\": {\"class_name\": \"__typespec__\", \"config\": [[null, 4], \"f\", \"x\"]}}",
    ]) func readsInputShapes(_ text: String) throws {
        #expect(try config(text).inputShape() == [Shape.free, 4])
    }

    @Test func refusesInputShapes() throws {
        #expect(try config("{}").inputShape() == nil)
        for shape in ["[null, -4]", "[null, 1e12]", "7", "[null, \"x\"]"] {
            #expect(throws: Problem.self) {
                try config("{\"batch_shape\": \(shape)}").inputShape()
            }
        }
    }
}
