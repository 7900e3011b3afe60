import CSystem

/// How much memory the system lets this process have.
package enum MachineMemory {
    /// Bytes: those of the machine, or fewer if the process or its group is limited.
    package static var available: Int {
        min(physical, min(groupLimit ?? .max, addressSpace ?? .max))
    }

    private static var physical: Int {
        saturatingProduct(sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    }

    /// What is left of the address space, if it is limited (`ulimit -v`).
    private static var addressSpace: Int? {
        let limit = kc_address_space_limit()
        guard limit >= 0 else { return nil }
        let pages = number(in: "/proc/self/statm") ?? 0
        return max(Int(limit) - pages * sysconf(Int32(_SC_PAGESIZE)), 0)
    }

    /// The limit of the process's control group.
    private static var groupLimit: Int? {
        number(in: "/sys/fs/cgroup/memory.max")
            ?? number(in: "/sys/fs/cgroup/memory/memory.limit_in_bytes")
    }

    /// The number that a file of the system begins with.
    private static func number(in path: String) -> Int? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        let digits = buffer.prefix(max(count, 0)).prefix { (0x30...0x39).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
