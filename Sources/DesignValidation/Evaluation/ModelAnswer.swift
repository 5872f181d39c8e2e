import Meshing

/// What is known of one deck when its figures are read: its solution, where it has one, and how its loads reach supports.
struct ModelAnswer {
  /// `nil` where the deck could not be solved.
  let solved: SolvedModel?
  /// Asked only where a limit reads it.
  let loadPath: () throws -> LoadPath?

  init(solved: SolvedModel?, loadPath: @escaping () throws -> LoadPath? = { nil }) {
    (self.solved, self.loadPath) = (solved, loadPath)
  }

  /// The number of loaded nodes that no support holds, and the first of them.
  func uncarriedLoads() throws(ReadingFault) -> FieldReader.Sample {
    let path: LoadPath?
    do { path = try loadPath() } catch {
      throw ReadingFault("the deck cannot be read: \(error)")
    }
    guard let path else { throw ReadingFault("the solver does not say how loads reach supports") }
    guard path.loadedNodeCount > 0 else { throw ReadingFault("no force acts in the deck") }
    guard let first = path.uncarried.first else {
      return FieldReader.Sample(
        value: 0, location: "all of \(path.loadedNodeCount) loaded nodes")
    }
    let more = path.uncarried.count > 1 ? ", the first of \(path.uncarried.count)" : ""
    return FieldReader.Sample(
      value: Double(path.uncarried.count),
      location:
        "node \(first.label) \(FieldReader.text(first.position))\(more): \(first.reason.rawValue)",
      node: first.label, position: [first.position.x, first.position.y, first.position.z])
  }
}
