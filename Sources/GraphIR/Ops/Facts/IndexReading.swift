/// An operation that takes integers of an input for indices or counts.
package protocol IndexReading: PlainOperation {
    /// The input whose elements are such integers.
    static var indexInput: Int { get }

    /// The number of valid integers from 0 on; `Shape.free` if only a run knows it.
    func indexCount(for inputs: [TensorType]) -> Int
}
