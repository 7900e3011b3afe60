import TFLiteFormat
import Testing

@Suite struct FlatImageTests {
    @Test func tableHasTheBytesOfTheFormat() {
        var table = FlatTable()
        table.set(0, UInt32(3))
        table.set(2, UInt8(7))
        table.set(3, "hi")
        let expected: [UInt8] = [
            20, 0, 0, 0, 0x54, 0x46, 0x4C, 0x33,  // root table, identifier
            12, 0, 13, 0, 4, 0, 0, 0, 12, 0, 8, 0,  // vtable: its size, table size, slots 0 to 3
            12, 0, 0, 0,  // the vtable is 12 bytes before
            3, 0, 0, 0,  // slot 0
            8, 0, 0, 0,  // slot 3: the string is 8 bytes behind
            7, 0, 0, 0,  // slot 2, and padding
            2, 0, 0, 0, 0x68, 0x69, 0,  // length, text, end
        ]
        #expect(FlatImage(root: table, identifier: "TFL3").bytes == expected)
    }

    @Test func defaultsAreLeftOutAndVtablesShared() {
        var child = FlatTable()
        child.set(0, Int32(1), default: 1)
        child.set(1, Int8(5))
        var root = FlatTable()
        root.set(0, .tables([child, child]))
        let expected: [UInt8] = [
            16, 0, 0, 0, 0x54, 0x46, 0x4C, 0x33,
            6, 0, 8, 0, 4, 0, 0, 0,  // vtable of the root, padding
            8, 0, 0, 0, 4, 0, 0, 0,  // root: vtable 8 before, vector 4 behind
            2, 0, 0, 0, 16, 0, 0, 0, 20, 0, 0, 0,  // two tables, at 44 and 52
            8, 0, 5, 0, 0, 0, 4, 0,  // vtable of both children: slot 0 is absent
            8, 0, 0, 0, 5, 0, 0, 0,  // first child, padding
            16, 0, 0, 0, 5,  // second child, same vtable
        ]
        #expect(FlatImage(root: root, identifier: "TFL3").bytes == expected)
    }

    @Test func wideFieldsAndVectorsAreAligned() {
        var table = FlatTable()
        table.set(0, UInt8(1))
        table.set(1, UInt64(0x1122_3344_5566_7788))
        table.set(2, .vector(FlatVector([Int64(-1), 2])))
        table.set(3, .vector(FlatVector(bytes: [9, 9, 9], alignment: 16)))
        let bytes = FlatImage(root: table, identifier: "TFL3").bytes
        let wide = bytes.firstRange(of: [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11])
        #expect(wide.map { $0.lowerBound % 8 } == 0)
        let longs = bytes.firstRange(of: [UInt8](repeating: 0xFF, count: 8) + [2, 0, 0, 0])
        #expect(longs.map { $0.lowerBound % 8 } == 0)
        let data = bytes.firstRange(of: [3, 0, 0, 0, 9, 9, 9])
        #expect(data.map { ($0.lowerBound + 4) % 16 } == 0)
    }
}
