import Reports
import Testing

struct ReportDocumentTests {
    private let document = ReportDocument(
        title: "a<b>.tflite", verdict: .init("differs from \"the\" model", isPassed: false),
        summary: [.line("2 operators")],
        sections: [
            .init(
                [
                    .table(
                        ReportTable(
                            [.text("layer"), .number("error")],
                            [
                                .init(["conv", "0.5"], isBad: true, note: "first & worst"),
                                .init(["dense_1", "12.25"]),
                            ])),
                    .chart(
                        ReportChart(
                            caption: "errors",
                            [
                                .init("conv", 0.5, isBad: true, isMarked: true),
                                .init("dense_1", .nan, isBad: true, isMarked: false),
                            ],
                            limit: 1e-4, limitLabel: "limit")),
                ], heading: "Layers")
        ])

    @Test func textAlignsColumns() {
        #expect(
            document.text == """
                a<b>.tflite differs from "the" model
                  2 operators

                Layers
                layer    error
                conv       0.5  ← first & worst
                dense_1  12.25
                """)
    }

    @Test func pageEscapesWhatAFileSays() {
        let html = document.html
        #expect(html.contains("<title>a&lt;b&gt;.tflite</title>"))
        #expect(html.contains("Differs from &quot;the&quot; model."))
        #expect(html.contains("<small>↑ first &amp; worst</small>"))
        #expect(html.contains("<tr class=\"bad marked\"><td>conv"))
        #expect(html.contains("<td class=\"number\">12.25</td>"))
        #expect(!html.contains("a<b>"))
    }

    @Test func chartIsLogarithmic() {
        let html = document.html
        // log10(0.5) is 7.7 of 8 decades above 1e-8; the limit of 1e-4 is in the middle; NaN fills the scale.
        #expect(html.contains("height:96%\" title=\"conv: 5.0e-01\""))
        #expect(html.contains("bottom:50%\"><span>limit"))
        #expect(html.contains("height:100%\" title=\"dense_1: nan\""))
    }

    @Test func numbersThatJSONLacksAreTexts() throws {
        struct Row: Encodable {
            var error = Double.nan
            var path = "a/b"
            var ratio = -Double.infinity
        }
        let text = try Row().jsonText()
        #expect(
            text == """
                {
                  "error" : "NaN",
                  "path" : "a/b",
                  "ratio" : "-Infinity"
                }
                """)
    }
}
