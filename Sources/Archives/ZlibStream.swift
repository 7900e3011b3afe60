import CZlib

/// Data that zlib compressed, with its header and checksum.
package enum ZlibStream {
    /// The number of bytes that `stream` inflates to; nil if it is damaged or holds more than `limit` bytes.
    ///
    /// Nothing of the data is kept.
    package static func inflatedCount(_ stream: [UInt8], limit: Int) -> Int? {
        guard let available = UInt32(exactly: stream.count) else { return nil }
        var state = z_stream()
        guard inflateInit_(&state, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&state) }
        var input = stream
        var output = [UInt8](repeating: 0, count: 1 << 16)
        return input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                state.next_in = input.baseAddress
                state.avail_in = available
                var count = 0
                while count <= limit {
                    state.next_out = output.baseAddress
                    state.avail_out = UInt32(output.count)
                    let status = inflate(&state, Z_NO_FLUSH)
                    count += output.count - Int(state.avail_out)
                    if status == Z_STREAM_END { return count <= limit ? count : nil }
                    guard status == Z_OK else { return nil }
                }
                return nil
            }
        }
    }
}
