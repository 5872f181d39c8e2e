/// A symmetric matrix: a shared pattern and one value per stored entry of the lower triangle.
public struct SparseMatrix: Sendable {
  /// Where the entries are.
  public let pattern: SparsityPattern
  /// One value per entry of the pattern.
  public var values: [Double]

  /// A matrix of the given entries.
  public init(pattern: SparsityPattern, values: [Double]) {
    precondition(
      values.count == pattern.entryCount,
      "\(values.count) values for \(pattern.entryCount) entries")
    self.pattern = pattern
    self.values = values
  }

  /// The matrix times a vector.
  ///
  /// - Complexity: O(stored entries)
  public func multiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == pattern.size, "\(vector.count) values for \(pattern.size) columns")
    var result = [Double](repeating: 0, count: pattern.size)
    for column in 0..<pattern.size {
      let start = pattern.columnStarts[column]
      let x = vector[column]
      var sum = values[start] * x
      for place in (start + 1)..<max(start + 1, pattern.columnStarts[column + 1]) {
        let row = pattern.rows[place]
        sum += values[place] * vector[row]
        result[row] += values[place] * x
      }
      result[column] += sum
    }
    return result
  }

  /// The largest sum of absolute values in a row.
  public var infinityNorm: Double {
    var sums = [Double](repeating: 0, count: pattern.size)
    for column in 0..<pattern.size {
      for place in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let row = pattern.rows[place]
        let size = abs(values[place])
        sums[column] += size
        if row != column { sums[row] += size }
      }
    }
    return sums.max() ?? 0
  }
}
