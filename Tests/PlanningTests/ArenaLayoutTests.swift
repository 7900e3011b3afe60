import Foundations
import Planning
import Testing

@Suite struct ArenaLayoutTests {
    /// A chain of steps, some of which read an earlier tensor too, work in place or give a view.
    ///
    /// - Parameter count: the largest number of steps.
    private func randomPlan(
        seed: UInt64, count: Int = 40
    ) -> (steps: [MemoryStep], byteCounts: [Int], outputs: [Int]) {
        var random = SplitMix64(seed: seed)
        var byteCounts = [Int.random(in: 1...5000, using: &random)]
        var steps: [MemoryStep] = []
        for tensor in 1...Int.random(in: count / 20...count, using: &random) {
            let sharing: MemorySharing =
                switch Int.random(in: 0...4, using: &random) {
                case 0: .view
                case 1: .inPlace([tensor - 1])
                default: .none
                }
            if case .none = sharing {
                byteCounts.append(Int.random(in: 0...5000, using: &random))
            } else {
                byteCounts.append(byteCounts[tensor - 1])
            }
            let other = Int.random(in: 0..<tensor, using: &random)
            steps.append(
                MemoryStep(inputs: [tensor - 1, other], outputs: [tensor], sharing: sharing))
        }
        return (steps, byteCounts, [steps.count])
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func tensorsThatAreAliveTogetherDoNotOverlap(seed: UInt64) throws {
        let (steps, byteCounts, outputs) = randomPlan(seed: seed, count: seed < 190 ? 40 : 250)
        let lifetimes = TensorLifetimes(
            steps: steps, byteCounts: byteCounts, inputs: [0], outputs: outputs, variables: [])
        let layout = ArenaLayout(lifetimes)
        let regions = try byteCounts.indices.map { tensor in
            let start = try #require(layout.offsets[tensor])
            #expect(start % ArenaLayout.alignment == 0)
            #expect(start + byteCounts[tensor] <= layout.byteCount)
            return start..<start + max(byteCounts[tensor], 1)
        }
        for (index, step) in steps.enumerated() {
            let written = step.outputs[0]
            for tensor in byteCounts.indices where tensor < written {
                let isReadLater =
                    steps[(index + 1)...].contains { $0.inputs.contains(tensor) }
                    || outputs.contains(tensor)
                guard isReadLater, lifetimes.groupOf[tensor] != lifetimes.groupOf[written] else {
                    continue
                }
                #expect(!regions[tensor].overlaps(regions[written]), "\(tensor) and \(written)")
            }
        }
        #expect(layout.byteCount >= lifetimes.peak.byteCount)
    }

    @Test func viewsShareMemoryAndOperatorsInPlaceTakeItOver() {
        let steps = [
            MemoryStep(inputs: [0], outputs: [1], sharing: .view),
            MemoryStep(inputs: [1], outputs: [2], sharing: .inPlace([1])),
            MemoryStep(inputs: [2, 0], outputs: [3], sharing: .inPlace([2])),
        ]
        let layout = ArenaLayout(
            TensorLifetimes(
                steps: steps, byteCounts: [100, 100, 100, 100], inputs: [0], outputs: [3],
                variables: []))
        #expect(layout.offsets[0] == layout.offsets[1])
        // Step 3 still reads the memory of tensors 0 and 1, so tensor 2 cannot take it over.
        #expect(layout.offsets[2] != layout.offsets[1])
        #expect(layout.offsets[3] == layout.offsets[2])
        #expect(layout.byteCount == 256)
    }

    @Test func variablesLieInFrontAndAreNeverTakenOver() {
        let steps = [MemoryStep(inputs: [0], outputs: [1], sharing: .inPlace([0]))]
        let layout = ArenaLayout(
            TensorLifetimes(
                steps: steps, byteCounts: [64, 64, nil], inputs: [], outputs: [1], variables: [0]))
        #expect(layout.variableByteCount == 64)
        #expect(layout.offsets == [0, 64, nil])
    }

    @Test func profileNamesTheStepThatNeedsMost() {
        let steps = [
            MemoryStep(inputs: [0], outputs: [1]),
            MemoryStep(inputs: [1], outputs: [2]),
            MemoryStep(inputs: [2], outputs: [3]),
        ]
        let profile = MemoryProfile(
            ArenaLayout(
                TensorLifetimes(
                    steps: steps, byteCounts: [64, 640, 6400, 64], inputs: [0], outputs: [3],
                    variables: [])))
        #expect(profile.peakByteCount == 7040)
        #expect(profile.peakStep == 1)
        #expect(profile.arenaByteCount == 7040)
        #expect(profile.variableByteCount == 0)
    }
}
