extension SparsityPattern {
  /// For each unknown the stored entries off the diagonal in its column and in the row of the same number: those of unknown *u* are
  /// `entries[starts[u]..<starts[u + 1]]`.
  ///
  /// - Parameter column: The column of an unknown.
  public func couplings(_ column: (Int) -> Int) -> (starts: [Int], entries: [Int32]) {
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
