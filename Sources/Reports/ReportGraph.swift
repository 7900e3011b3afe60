/// A picture of operations and what they read, in boxes that collapse by group; text does not show it.
package struct ReportGraph: Sendable {
    /// An operation.
    package struct Node: Sendable {
        /// What the box says.
        package let label: String
        /// What it says when the pointer rests on it.
        package let detail: String
        /// The group that it collapses into.
        package let group: String
        /// The nodes whose results it reads, by their places.
        package let inputs: [Int]

        /// An operation.
        package init(label: String, detail: String, group: String, inputs: [Int]) {
            self.label = label
            self.detail = detail
            self.group = group
            self.inputs = inputs
        }
    }

    /// What the picture shows, in one sentence.
    package let caption: String
    /// In running order.
    package let nodes: [Node]

    /// A picture.
    package init(caption: String, _ nodes: [Node]) {
        self.caption = caption
        self.nodes = nodes
    }
}
