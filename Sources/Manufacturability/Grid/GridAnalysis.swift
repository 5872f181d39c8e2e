internal import LinearAlgebra

/// What all systems on a grid share: a pattern, where each cell's entries go, and which entries a held unknown clears.
///
/// Made once for each kind of grid and kept for the life of the process.
final class GridAnalysis: Sendable {
  /// How systems are factored, and what was analysed for it.
  enum Method: Sendable {
    /// Side by side; the pattern is in the order of the unknowns.
    case interleaved(BatchAnalysis)
    /// One at a time; the pattern is in the order of elimination, and these are the unknowns' columns.
    case oneAtATime(columns: [Int])
  }
  let method: Method
  let pattern: SparsityPattern
  /// Where the cells' entries go.
  let places: [Int32]
  /// The entries off the diagonal in the row and column of each unknown.
  private let entryStarts: [Int]
  private let entries: [Int32]

  /// Analyses a grid's systems.
  ///
  /// - Parameter isInterleaved: Whether eight designs are to be factored side by side, where that fits into ``largestGroup``.
  init(_ system: GridOperator, isInterleaved: Bool) throws(FactorizationError) {
    var method: Method?
    if isInterleaved, let analysis = try Self.batch(system) { method = .interleaved(analysis) }
    let found: Method
    if let method { found = method } else { found = .oneAtATime(columns: try Self.columns(system)) }
    self.method = found
    let elements = system.elements
    switch found {
    case .interleaved(let analysis):
      pattern = analysis.pattern
      places = elements.places(in: pattern) { $0 }
      (entryStarts, entries) = pattern.entriesByColumn { $0 }
    case .oneAtATime(let columns):
      pattern = SparsityPattern(
        size: system.unknownCount,
        groupStarts: (0...elements.cellCount).map { $0 * elements.size },
        members: elements.unknowns.map { Int32(columns[Int($0)]) })
      places = elements.places(in: pattern) { columns[$0] }
      (entryStarts, entries) = pattern.entriesByColumn { columns[$0] }
    }
  }

  /// The most memory of a group: larger ones are factored one at a time. 3-D grids beyond about 16³, plane ones beyond 512².
  static let largestGroup = 6 << 30

  private static func batch(_ system: GridOperator) throws(FactorizationError) -> BatchAnalysis? {
    let analysis = try BatchAnalysis(
      ofGraph: system.graph, unknownsPerVertex: system.width, order: system.order(),
      elements: system.elements)
    return analysis.bytesPerGroup <= largestGroup ? analysis : nil
  }

  private static func columns(_ system: GridOperator) throws(FactorizationError) -> [Int] {
    var columns = [Int](repeating: 0, count: system.unknownCount)
    for (position, vertex) in try nestedDissection(of: system.graph).enumerated() {
      for axis in 0..<system.width {
        columns[vertex * system.width + axis] = position * system.width + axis
      }
    }
    return columns
  }

  /// The entries off the diagonal in the row and column of an unknown.
  func entries(of unknown: Int) -> ArraySlice<Int32> {
    entries[entryStarts[unknown]..<entryStarts[unknown + 1]]
  }
}

extension SparsityPattern {
  /// For each unknown the stored entries off the diagonal in its column and in the row of the same number.
  func entriesByColumn(_ column: (Int) -> Int) -> (starts: [Int], entries: [Int32]) {
    var lists = [[Int32]](repeating: [], count: size)
    for column in 0..<size {
      for place in columnStarts[column]..<columnStarts[column + 1] where rows[place] != column {
        lists[column].append(Int32(place))
        lists[rows[place]].append(Int32(place))
      }
    }
    var starts = [0]
    var entries: [Int32] = []
    for unknown in 0..<size {
      entries += lists[column(unknown)]
      starts.append(entries.count)
    }
    return (starts, entries)
  }
}
