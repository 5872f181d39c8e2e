internal import BatchLinearAlgebra
internal import LinearAlgebra

/// What all systems on a grid share, made once for each kind of grid and kept for the life of the process.
enum GridAnalysis: Sendable {
  /// Systems are factored side by side.
  case batch(BatchAnalysis)
  /// Systems are factored one after the other.
  case oneAtATime(OneAtATimeAnalysis)

  /// The most memory of a group: larger ones are factored one at a time. 3-D grids beyond about 16³, plane ones beyond 512².
  static let largestGroup = 6 << 30

  /// Analyses a grid's systems.
  ///
  /// - Parameter isInterleaved: Whether eight designs are to be factored side by side, where that fits into ``largestGroup``.
  init(_ system: GridOperator, isInterleaved: Bool) throws(FactorizationError) {
    if isInterleaved {
      let batch = try BatchAnalysis(
        ofGraph: system.graph, unknownsPerVertex: system.width, order: system.order(),
        elements: system.elements)
      if batch.bytesPerGroup <= Self.largestGroup {
        self = .batch(batch)
        return
      }
    }
    self = .oneAtATime(try OneAtATimeAnalysis(system))
  }
}

/// The pattern of a grid's systems in METIS's order of elimination.
struct OneAtATimeAnalysis: Sendable {
  /// The column of each unknown.
  let columns: [Int]
  let pattern: SparsityPattern
  /// Where the cells' entries go.
  let places: [Int32]
  /// The entries off the diagonal in the row and column of each unknown.
  private let couplings: (starts: [Int], entries: [Int32])

  init(_ system: GridOperator) throws(FactorizationError) {
    var columns = [Int](repeating: 0, count: system.unknownCount)
    for (position, vertex) in try nestedDissection(of: system.graph).enumerated() {
      for axis in 0..<system.width {
        columns[vertex * system.width + axis] = position * system.width + axis
      }
    }
    let elements = system.elements
    pattern = SparsityPattern(
      size: system.unknownCount,
      groupStarts: (0...elements.cellCount).map { $0 * elements.size },
      members: elements.unknowns.map { [columns] in Int32(columns[Int($0)]) })
    places = elements.places(in: pattern) { columns[$0] }
    couplings = pattern.couplings { columns[$0] }
    self.columns = columns
  }

  /// The entries off the diagonal in the row and column of an unknown.
  func couplings(of unknown: Int) -> ArraySlice<Int32> {
    couplings.entries[couplings.starts[unknown]..<couplings.starts[unknown + 1]]
  }
}
