extension SparsityPattern {
  /// The same symmetric matrix with its unknowns renumbered, its lower triangle stored again.
  ///
  /// - Parameter numbers: The new number of each unknown.
  /// - Complexity: O(entries)
  package func reordered(by numbers: [Int]) -> SparsityPattern {
    precondition(numbers.count == size, "\(numbers.count) numbers for \(size) unknowns")
    // Sorting twice by counting: by row, then stably by column.
    var rowStarts = [Int](repeating: 0, count: size + 1)
    var newStarts = rowStarts
    func visit(_ body: (_ row: Int, _ column: Int) -> Void) {
      for column in 0..<size {
        for place in columnStarts[column]..<columnStarts[column + 1] {
          let (a, b) = (numbers[column], numbers[rows[place]])
          body(Swift.max(a, b), Swift.min(a, b))
        }
      }
    }
    visit { row, column in
      rowStarts[row + 1] += 1
      newStarts[column + 1] += 1
    }
    for index in 0..<size {
      rowStarts[index + 1] += rowStarts[index]
      newStarts[index + 1] += newStarts[index]
    }
    var fill = rowStarts
    var columnsByRow = [Int](repeating: 0, count: entryCount)
    visit { row, column in
      columnsByRow[fill[row]] = column
      fill[row] += 1
    }
    fill = newStarts
    var newRows = [Int](repeating: 0, count: entryCount)
    for row in 0..<size {
      for place in rowStarts[row]..<rowStarts[row + 1] {
        let column = columnsByRow[place]
        newRows[fill[column]] = row
        fill[column] += 1
      }
    }
    return SparsityPattern(size: size, columnStarts: newStarts, rows: newRows)
  }
}
