import Planning

extension LiteModel {
    /// How much memory the tensors of a session need for the shapes that the file says, constants left out.
    ///
    /// Shapes that only a run knows, and the subgraphs that operators run, are not counted.
    package var memoryProfile: MemoryProfile { MemoryProfile(plans.initial.layout) }

    /// The name of the first tensor that a step of the profile writes.
    package func tensorName(ofStep step: Int) -> String? {
        guard plans.initial.steps.indices.contains(step),
            let tensor = plans.initial.steps[step].outputs.first
        else { return nil }
        return file.subgraphs[subgraph][tensor].name
    }
}
