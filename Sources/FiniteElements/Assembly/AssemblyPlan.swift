internal import LinearAlgebra

/// Adds cell matrices into a sparse matrix, in the order of the cells whatever the number of threads.
public struct AssemblyPlan: Sendable {
  /// The unknowns the matrix is made for.
  public let map: UnknownMap

  /// A plan for the unknowns of a map.
  public init(_ map: UnknownMap) { self.map = map }

  /// Adds the rows and columns of one cell that belong to one of several workers.
  ///
  /// Columns are dealt to the workers by number; each worker adds its columns in the order of the calls,
  /// so that the sums are the same for every number of workers.
  ///
  /// - Parameters:
  ///   - matrix: The cell's matrix, row-major, symmetric.
  ///   - slots: The slot of each of its rows.
  ///   - values: The sparse matrix's entries.
  @inline(__always)
  public func add(
    _ matrix: UnsafePointer<Double>, slots: UnsafeBufferPointer<Int32>,
    worker: Int, workerCount: Int, into values: UnsafeMutablePointer<Double>,
    pattern: PatternView
  ) {
    let count = slots.count
    var isPlain = true
    for row in 0..<count where pattern.unknownOfSlot[Int(slots[row])] == UnknownMap.mixed {
      isPlain = false
    }
    guard isPlain else {
      addMixed(
        matrix, slots: slots, worker: worker, workerCount: workerCount, into: values,
        pattern: pattern)
      return
    }
    for column in 0..<count {
      let target = Int(pattern.unknownOfSlot[Int(slots[column])])
      if target < 0 || (target >> 6) % workerCount != worker { continue }
      let entries = matrix + column * count
      var lastRow = -2
      var place = 0
      for row in 0..<count {
        let other = Int(pattern.unknownOfSlot[Int(slots[row])])
        if other < target { continue }
        // the unknowns of a node follow one another
        place = other == lastRow + 1 ? place + 1 : pattern.place(of: other, in: target)
        lastRow = other
        values[place] += entries[row]
      }
    }
  }

  /// The general case: some slots are combinations of unknowns.
  private func addMixed(
    _ matrix: UnsafePointer<Double>, slots: UnsafeBufferPointer<Int32>,
    worker: Int, workerCount: Int, into values: UnsafeMutablePointer<Double>,
    pattern: PatternView
  ) {
    let terms = slots.map { slot -> [(number: Int32, coefficient: Double)] in
      let unknown = map.unknownOfSlot[Int(slot)]
      if unknown >= 0 { return [(unknown, 1)] }
      return unknown == UnknownMap.mixed ? map.combinations[Int(slot)]?.unknowns ?? [] : []
    }
    for column in 0..<slots.count {
      for columnTerm in terms[column] {
        let target = Int(columnTerm.number)
        if (target >> 6) % workerCount != worker { continue }
        for row in 0..<slots.count {
          for rowTerm in terms[row] where Int(rowTerm.number) >= target {
            values[pattern.place(of: Int(rowTerm.number), in: target)] +=
              rowTerm.coefficient * columnTerm.coefficient * matrix[column * slots.count + row]
          }
        }
      }
    }
  }

  /// Pointers into a map and its pattern, lent for the time of one assembly.
  public struct PatternView {
    let unknownOfSlot: UnsafePointer<Int32>
    let columnStarts: UnsafePointer<Int>
    let rows: UnsafePointer<Int>

    /// Where the entry (row, column) is stored; it must be in the pattern.
    @inline(__always)
    func place(of row: Int, in column: Int) -> Int {
      var low = columnStarts[column]
      var high = columnStarts[column + 1] - 1
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// Lends pointers into the map for the time of one assembly.
  public func withPatternView(_ body: (PatternView) -> Void) {
    map.unknownOfSlot.withUnsafeBufferPointer { slots in
      map.pattern.columnStarts.withUnsafeBufferPointer { starts in
        map.pattern.rows.withUnsafeBufferPointer { rows in
          guard let slots = slots.baseAddress, let starts = starts.baseAddress,
            let rows = rows.baseAddress
          else { return }
          body(PatternView(unknownOfSlot: slots, columnStarts: starts, rows: rows))
        }
      }
    }
  }
}
