/// An arena that is filled from both ends: lasting memory from the high end, planned and temporary memory from the low one.
struct ArenaEnds {
    /// The bytes at the high end.
    private(set) var tail = 0
    /// The bytes at the low end that stay.
    private(set) var head = 0
    /// The smallest size, a multiple of 16, that all allocations so far fit in.
    private(set) var needed = 0
    private var temporary = 0

    /// Allocates memory that stays.
    mutating func keep(_ size: MemorySize) {
        tail = (tail + size.byteCount).roundedUp(to: size.alignment)
        grow()
    }

    /// Allocates memory of a kernel that stays.
    mutating func keep(_ byteCount: Int) {
        keep(MemorySize(byteCount, alignment: 16))
    }

    /// Allocates memory until `release`.
    mutating func borrow(_ size: MemorySize) {
        temporary = temporary.roundedUp(to: size.alignment) + size.byteCount
        grow()
    }

    /// Allocates the room in which the runtime plans, whose ends are multiples of 16.
    mutating func plan(byteCount: Int) {
        let room = byteCount.roundedUp(to: 16)
        needed = max(needed, temporary.roundedUp(to: 16) + room + tail.roundedUp(to: 16))
    }

    /// Gives temporary memory back and sets the size of the low end.
    mutating func release(head: Int) {
        self.head = head
        temporary = head
        grow()
    }

    private mutating func grow() {
        needed = max(needed, (max(temporary, head) + tail).roundedUp(to: 16))
    }
}
