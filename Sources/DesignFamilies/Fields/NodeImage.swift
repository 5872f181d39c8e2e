/// Channels in which every element has the sum of what its nodes are given.
struct NodeImage {
  private let task: DesignTask
  /// `[channel][row][column]`.
  private(set) var channels: [[Float]]

  init(_ task: DesignTask, channelCount: Int) {
    self.task = task
    channels = Array(
      repeating: [Float](repeating: 0, count: task.size.elementCount), count: channelCount)
  }

  /// Adds a value to the elements that touch a node.
  mutating func add(_ value: Double, to channel: Int, at node: Int) {
    for element in task.elements(atNode: node) { channels[channel][element] += Float(value) }
  }
}
