internal import LinearAlgebra
internal import Synchronization

/// What all systems on a grid share: the elimination order, where each cell's entries go, and workspaces to use again.
///
/// Made once for each kind of grid and kept for the life of the process.
final class GridAnalysis: Sendable {
  /// The pattern in the order of elimination.
  let pattern: SparsityPattern
  /// The column of each unknown.
  let column: [Int]
  /// Where the cells' entries go.
  let places: [Int32]
  /// The entries off the diagonal of each column and row of the symmetric matrix.
  private let entryStarts: [Int]
  private let entries: [Int32]

  init(_ system: GridOperator) throws(FactorizationError) {
    let order = try nestedDissection(of: system.graph)
    let width = system.width
    var column = [Int](repeating: 0, count: system.unknownCount)
    for (position, vertex) in order.enumerated() {
      for axis in 0..<width { column[vertex * width + axis] = position * width + axis }
    }
    let elements = system.elements
    pattern = SparsityPattern(
      size: system.unknownCount,
      groupStarts: (0...elements.cellCount).map { $0 * elements.size },
      members: elements.unknowns.map { Int32(column[Int($0)]) })
    self.column = column
    places = elements.places(in: pattern) { column[$0] }
    (entryStarts, entries) = pattern.entriesByUnknown()
  }

  /// The entries off the diagonal in the row and column of an unknown.
  func entries(of unknown: Int) -> ArraySlice<Int32> {
    let at = column[unknown]
    return entries[entryStarts[at]..<entryStarts[at + 1]]
  }
  /// The diagonal entry of an unknown.
  func diagonal(of unknown: Int) -> Int { pattern.columnStarts[column[unknown]] }
}

extension SparsityPattern {
  /// For each column the stored entries off the diagonal in it and in the row of the same number.
  func entriesByUnknown() -> (starts: [Int], entries: [Int32]) {
    var lists = [[Int32]](repeating: [], count: size)
    for column in 0..<size {
      for place in columnStarts[column]..<columnStarts[column + 1] where rows[place] != column {
        lists[column].append(Int32(place))
        lists[rows[place]].append(Int32(place))
      }
    }
    var starts = [0]
    for list in lists { starts.append(starts[starts.count - 1] + list.count) }
    return (starts, lists.flatMap { $0 })
  }
}
