/// A subtree of fronts that knows nothing of the others until its root is eliminated: what one thread does in one go.
///
/// A substitution changes the rows below a subtree from several subtrees. Each has places of its own for them behind the vector, *slots*,
/// which are added to the rows one subtree after the other: so sums do not depend on who was first.
struct Subtree: Sendable {
  /// Ascending: children come before their parents.
  var fronts: [Int] = []
  /// The first slot, in rows from the start of the vector.
  var slots = 0
  /// The rows below the root's pivots, one per slot.
  var rows: [Int32] = []

  /// The subtrees of work between a 64th and a quarter of the whole; what is larger is above them, what is smaller belongs with it.
  ///
  /// The choice depends on the tree alone, never on the threads. Small trees are not worth sharing and have no parts.
  ///
  /// - Parameters:
  ///   - parents: Of every front, greater than its own number; negative for roots.
  ///   - work: Of every front alone.
  /// - Returns: The parts, those of the most work first.
  static func parts(parents: [Int], work: [Double]) -> [Subtree] {
    var below = work
    var total = 0.0
    for (front, parent) in parents.enumerated() {
      if parent >= 0 { below[parent] += below[front] } else { total += below[front] }
    }
    guard total >= 1e6 else { return [] }
    var parts: [Subtree] = []
    var partOf = [Int](repeating: -1, count: parents.count)
    var weights: [Double] = []
    for front in parents.indices.reversed() {
      let parent = parents[front]
      if parent >= 0 && partOf[parent] >= 0 {
        partOf[front] = partOf[parent]
      } else if below[front] <= total / 4 && below[front] >= total / 64 {
        partOf[front] = parts.count
        parts.append(Subtree())
        weights.append(below[front])
      }
    }
    for (front, part) in partOf.enumerated() where part >= 0 { parts[part].fronts.append(front) }
    return weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }.map { parts[$0] }
  }
}
