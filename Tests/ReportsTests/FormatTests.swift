import Reports
import Testing

struct FormatTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (3_538_984, "3,538,984"), (-1234, "−1,234"),
        (Int.min, "−9,223,372,036,854,775,808"),
    ])
    func groupsDigits(number: Int, text: String) {
        #expect(Format.grouped(number) == text)
    }

    @Test(arguments: [
        (0.0, "0"), (3.14e-7, "3.1e-07"), (9.96, "1.0e+01"), (0.0999, "1.0e-01"), (1, "1.0e+00"),
        (2.5e120, "2.5e+120"), (.infinity, "inf"), (.nan, "nan"),
    ])
    func writesPowersOfTen(number: Double, text: String) {
        #expect(Format.scientific(number) == text)
    }

    @Test(arguments: [
        (-0.05, 1, "-0.1"), (0.04, 1, "0.0"), (1.005, 0, "1"), (12.3456, 3, "12.346"),
        (0.001, 3, "0.001"),
        (.nan, 2, "nan"),
    ])
    func roundsToDigits(number: Double, digits: Int, text: String) {
        #expect(Format.rounded(number, digits: digits) == text)
    }

    @Test func choosesUnits() {
        #expect(Format.bytes(999) == "999 B")
        #expect(Format.bytes(14_049_000) == "14.0 MB")
        #expect(Format.large(300_800_000) == "300.8 M")
        #expect(Format.seconds(0.006) == "6.0 ms")
        #expect(Format.seconds(1.254) == "1.25 s")
        #expect(Format.duration(1.2847e-5) == "12.85 µs")
        #expect(Format.decibels(.infinity) == "∞")
        #expect(Format.percent(0.0125) == "1.250 %")
        #expect(Format.shape([1, -1, 3]) == "1×?×3" && Format.shape([]) == "scalar")
        #expect(Format.count(1, "change") == "1 change" && Format.count(0, "change") == "0 changes")
    }
}
