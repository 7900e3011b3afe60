import Dispatch
import Foundations
import Problems

/// The blocks in which a file is written: contiguous, each with its own share of the layout.
///
/// Blocks do not depend on each other, so several threads make and write them.
struct BlockPlan {
    /// A piece of the file, and the spans in it.
    struct Block {
        var range: Range<Int>
        var spans: [FileLayout.Span]
    }

    /// The blocks, in ascending order; together the whole file.
    private(set) var blocks: [Block] = []

    /// Threads that make blocks, one for each 2 MB; more than four would wait for the file.
    private let workers: Int
    /// Bytes of a block, unless a source cannot be made in pieces of that size.
    ///
    /// Wide blocks make transpositions fast, which read a few elements of every row of their source for each block; but
    /// nothing is written before the first block is made. Small files are transposed in the cache anyway, and take less memory
    /// in narrow blocks.
    private let blockByteCount: Int
    private static let wideBlock = 2 << 20
    private static let smallestBlock = 128 << 10
    /// Rows of a block, if there are more, come in multiples of this: the elements of a cache line.
    private static let rowMultiple = 16
    /// Memory of at least this size is written from where it lies.
    private static let directByteCount = 256 << 10

    /// The blocks of a file with this layout, to be made by that many threads.
    init(_ layout: FileLayout, _ threads: ThreadBudget) {
        workers = threads.limited(to: min(4, 1 + layout.byteCount / Self.wideBlock)).count
        let largestBlock = min(48 / workers, 16) << 20
        let narrowBlock = min(max(layout.byteCount / 8, Self.smallestBlock), Self.wideBlock)
        blockByteCount = min(max(layout.byteCount / 24, narrowBlock), largestBlock)
        var open = Block(range: 0..<0, spans: [])
        for span in layout.spans {
            for piece in pieces(of: span) {
                let isDirect = Self.isDirect(piece)
                if isDirect || piece.end - open.range.lowerBound > blockByteCount {
                    close(&open, at: piece.position)
                }
                open.spans.append(piece)
                if isDirect { close(&open, at: piece.end) }
            }
        }
        close(&open, at: layout.byteCount)
    }

    private mutating func close(_ block: inout Block, at end: Int) {
        block.range = block.range.lowerBound..<end
        if !block.range.isEmpty { blocks.append(block) }
        block = Block(range: end..<end, spans: [])
    }

    private static func isDirect(_ span: FileLayout.Span) -> Bool {
        guard case .part(let source, _, let count) = span.content else { return false }
        return count >= directByteCount && source.contiguousBytes != nil
    }

    /// Splits a long span at multiples of the granularity of its source.
    private func pieces(of span: FileLayout.Span) -> [FileLayout.Span] {
        guard case .part(let source, let start, let count) = span.content,
            count > blockByteCount
        else { return [span] }
        let unit = source.contiguousBytes == nil ? max(source.granularity, 1) : 1
        var rows = max(1, blockByteCount / unit)
        if rows > Self.rowMultiple { rows -= rows % Self.rowMultiple }
        let length = rows * unit
        return stride(from: 0, to: count, by: length).map { offset in
            let part = min(length, count - offset)
            return FileLayout.Span(
                position: span.position + offset,
                content: .part(of: source, offset: start + offset, count: part))
        }
    }

    /// Makes and writes all blocks.
    ///
    /// - Parameter progress: is told on the calling thread which part of the bytes is written, 0…1.
    /// - Throws: the first problem that any thread meets.
    func write(to output: some Output, progress: (Double) throws -> Void = { _ in }) throws {
        let queue = BlockQueue(blocks)
        let workers = min(workers, blocks.count)
        if workers == 1 {
            queue.run(output, progress: progress)
        } else {
            withoutActuallyEscaping(progress) { progress in
                let caller = currentThreadIdentifier()
                // Only the calling thread uses it.
                nonisolated(unsafe) let progress = progress
                DispatchQueue.concurrentPerform(iterations: workers) { _ in
                    let isCaller = currentThreadIdentifier() == caller
                    queue.run(output) { if isCaller { try progress($0) } }
                }
            }
        }
        if let error = queue.error { throw error }
    }
}

/// The blocks that wait to be written, shared by the threads that write.
private final class BlockQueue: Sendable {
    private let blocks: [BlockPlan.Block]
    private let state = Locked<(next: Int, error: (any Error)?)>((0, nil))

    init(_ blocks: [BlockPlan.Block]) {
        self.blocks = blocks
    }

    /// The first error met.
    var error: (any Error)? { state.withLock { $0.error } }

    /// Writes blocks until none is left or one fails.
    ///
    /// - Parameter progress: is told which part of the bytes is written.
    func run(_ output: some Output, progress: (Double) throws -> Void) {
        let maker = BlockMaker()
        let byteCount = Double(max(blocks.last?.range.upperBound ?? 0, 1))
        while let block = take() {
            do {
                try maker.write(block, to: output)
                try progress(Double(block.range.upperBound) / byteCount)
            } catch {
                stop(error)
            }
        }
    }

    private func take() -> BlockPlan.Block? {
        state.withLock { state in
            guard state.error == nil, state.next < blocks.count else { return nil }
            state.next += 1
            return blocks[state.next - 1]
        }
    }

    private func stop(_ error: any Error) {
        state.withLock { $0.error = $0.error ?? error }
    }
}

/// Makes blocks in memory that is used again for the next one.
///
/// The memory is mapped rather than allocated, so that all of it goes back to the system in the end.
private final class BlockMaker {
    private static let alignment = 64
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    deinit {
        release()
    }

    /// Writes one block, straight from where its bytes lie if that is possible.
    func write(_ block: BlockPlan.Block, to output: some Output) throws {
        if block.spans.count == 1, let span = block.spans.first,
            span.position == block.range.lowerBound, span.end == block.range.upperBound,
            let bytes = span.content.memory
        {
            return try withExtendedLifetime(span) { try output.write(bytes, at: span.position) }
        }
        // Memory is aligned as the file is, so that elements are aligned in both.
        let lead = block.range.lowerBound % Self.alignment
        let target = UnsafeMutableRawBufferPointer(
            rebasing: try room(for: lead + block.range.count)[lead..<lead + block.range.count])
        var end = 0
        for span in block.spans {
            let start = span.position - block.range.lowerBound
            target[end..<start].initializeMemory(as: UInt8.self, repeating: 0)
            end = start + span.content.byteCount
            let part = UnsafeMutableRawBufferPointer(rebasing: target[start..<end])
            switch span.content {
            case .bytes(let bytes): part.copyBytes(from: bytes)
            case .part(let source, let offset, _): try source.fill(part, from: offset)
            }
        }
        target[end...].initializeMemory(as: UInt8.self, repeating: 0)
        try output.write(UnsafeRawBufferPointer(target), at: block.range.lowerBound)
    }

    private func room(for byteCount: Int) throws -> UnsafeMutableRawBufferPointer {
        if memory.count < byteCount {
            release()
            let base = mmap(
                nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let base, base != MAP_FAILED else {
                throw Problem(
                    .tooLarge(what: "the memory for a row of a constant", value: "\(byteCount)"))
            }
            memory = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
        }
        return memory
    }

    private func release() {
        if let base = memory.baseAddress { munmap(base, memory.count) }
        memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
}

extension FileLayout.Content {
    /// The bytes where they lie; nil if they have to be made.
    fileprivate var memory: UnsafeRawBufferPointer? {
        guard case .part(let source, let offset, let count) = self,
            let bytes = source.contiguousBytes
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
