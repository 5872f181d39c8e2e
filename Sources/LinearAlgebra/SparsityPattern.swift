/// The places of the stored entries of a symmetric matrix: its lower triangle in compressed columns.
///
/// Shared and never edited; a new design only rewrites the values.
public struct SparsityPattern: Sendable, Equatable {
  /// Rows and columns of the matrix.
  public let size: Int
  /// Where each column starts in ``rows``; one more than the columns.
  public let columnStarts: [Int]
  /// The row of each entry, increasing within a column, the diagonal first.
  public let rows: [Int]

  /// A pattern from compressed columns of the lower triangle.
  public init(size: Int, columnStarts: [Int], rows: [Int]) {
    precondition(
      columnStarts.count == size + 1 && columnStarts.last == rows.count,
      "\(columnStarts.count) column starts and \(rows.count) rows for \(size) columns")
    self.size = size
    self.columnStarts = columnStarts
    self.rows = rows
  }

  /// The stored entries.
  public var entryCount: Int { rows.count }

  /// The pattern of a matrix that couples all unknowns of each group with one another.
  ///
  /// - Parameters:
  ///   - size: Unknowns.
  ///   - groupStarts: Where each group starts in `members`; one more than the groups.
  ///   - members: Unknowns, group after group, in any order; they may repeat.
  /// - Complexity: O(sum of squared group sizes)
  public init(size: Int, groupStarts: [Int], members: [Int32]) {
    let groupCount = groupStarts.count - 1
    // groups by unknown
    var starts = [Int](repeating: 0, count: size + 1)
    for member in members { starts[Int(member) + 1] += 1 }
    for unknown in 0..<size { starts[unknown + 1] += starts[unknown] }
    var fill = starts
    var groupsOf = [Int32](repeating: 0, count: members.count)
    for group in 0..<groupCount {
      for place in groupStarts[group]..<groupStarts[group + 1] {
        let unknown = Int(members[place])
        groupsOf[fill[unknown]] = Int32(group)
        fill[unknown] += 1
      }
    }
    var columnStarts = [Int](repeating: 0, count: size + 1)
    var rows: [Int] = []
    var seenBy = [Int32](repeating: -1, count: size)
    var column: [Int] = []
    for unknown in 0..<size {
      column.removeAll(keepingCapacity: true)
      column.append(unknown)
      seenBy[unknown] = Int32(unknown)
      for place in starts[unknown]..<starts[unknown + 1] {
        let group = Int(groupsOf[place])
        for other in groupStarts[group]..<groupStarts[group + 1] {
          let row = Int(members[other])
          if row > unknown && seenBy[row] != Int32(unknown) {
            seenBy[row] = Int32(unknown)
            column.append(row)
          }
        }
      }
      column.sort()
      rows.append(contentsOf: column)
      columnStarts[unknown + 1] = rows.count
    }
    self.init(size: size, columnStarts: columnStarts, rows: rows)
  }

  /// Every vertex of a graph replaced by as many unknowns as it has, fully coupled.
  ///
  /// - Parameter widths: Unknowns of each vertex, numbered one vertex after the other.
  public func expanded(widths: [Int]) -> SparsityPattern {
    precondition(widths.count == size, "\(widths.count) widths for \(size) vertices")
    var first = [Int](repeating: 0, count: size + 1)
    for vertex in 0..<size { first[vertex + 1] = first[vertex] + widths[vertex] }
    var columnStarts: [Int] = [0]
    columnStarts.reserveCapacity(first[size] + 1)
    var entryCount = 0
    for vertex in 0..<size {
      let places = places(of: vertex)
      let height = places.reduce(0) { $0 + widths[rows[$1]] }
      for offset in 0..<widths[vertex] {
        entryCount += height - offset
        columnStarts.append(entryCount)
      }
    }
    let expandedRows = [Int](unsafeUninitializedCapacity: entryCount) { buffer, count in
      for vertex in 0..<size {
        for offset in 0..<widths[vertex] {
          for place in places(of: vertex) {
            let row = rows[place]
            for other in (row == vertex ? offset : 0)..<widths[row] {
              buffer[count] = first[row] + other
              count += 1
            }
          }
        }
      }
    }
    return SparsityPattern(size: first[size], columnStarts: columnStarts, rows: expandedRows)
  }

  private func places(of column: Int) -> Range<Int> {
    columnStarts[column]..<columnStarts[column + 1]
  }
}
