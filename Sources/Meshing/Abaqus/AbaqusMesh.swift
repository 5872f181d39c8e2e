/// The mesh of a deck, and what its numbers and names mean.
package struct AbaqusMesh: Sendable {
  /// The mesh.
  package var mesh = Mesh()
  /// Nodes by their number in the deck.
  package var nodeIndex = LabelIndex([])
  /// Cells, counted through the blocks, by their number in the deck.
  package var cellIndex = LabelIndex([])
  /// Names of node sets, cell sets or surfaces that were declared and have no members.
  package var emptyNames: Set<String> = []
  /// Cells of an unsupported type, named by sets and loads: not faults once more.
  package var skippedCells: Set<Int> = []
  /// Members as the deck lists them, of those node sets that name a node more than once: CalculiX prints such a
  /// node and applies forces to it as often.
  package var listedNodes: [String: [Int32]] = [:]
  /// The same of cell sets.
  package var listedCells: [String: [Int32]] = [:]

  /// An empty mesh.
  package init() {}
}
