/// Which supernode changes which, and how the work is dealt out.
///
/// The elimination tree is cut: below the cut are subtrees that know nothing of one another, one thread each; above
/// it are a few large supernodes that all threads share. The cut depends on the matrix, never on the threads.
struct SupernodalPlan {
  /// What one supernode takes away from a later one.
  struct Update {
    /// The earlier supernode.
    var source: Int32
    /// The first of its rows that is a column of the later one, or beyond.
    var firstRow: Int32
    /// How many of its rows are columns of the later one.
    var columnCount: Int32
  }

  private let updateStarts: [Int]
  private let updates: [Update]
  /// Supernodes of each subtree in the order of their columns; most work first.
  let subtrees: [[Int32]]
  /// Supernodes above the cut in the order of their columns.
  let top: [Int32]
  /// Floating-point operations of the whole factorization.
  let operationCount: Double
  /// Entries of the largest change of one supernode by another.
  let largestProduct: Int
  /// The most rows of a supernode.
  let largestRowCount: Int

  /// Changes of a supernode by earlier ones, in the order of their columns.
  func updates(of supernode: Int) -> ArraySlice<Update> {
    updates[updateStarts[supernode]..<updateStarts[supernode + 1]]
  }

  /// A share of the work small enough that no thread waits long for another's last subtree.
  private static let largestShare = 1.0 / 32
  /// Below this many operations a second thread takes longer to wake than to help.
  private static let smallestSharedWork = 2e7

  /// - Complexity: O(rows of all supernodes)
  init(_ layout: SupernodalLayout) {
    let count = layout.count
    var supernodeOfColumn = [Int32](repeating: 0, count: layout.size)
    for supernode in 0..<count {
      let first = layout.firstColumn(supernode)
      for column in first..<first + layout.columnCount(supernode) {
        supernodeOfColumn[column] = Int32(supernode)
      }
    }
    func forEachUpdate(_ visit: (_ target: Int, Update) -> Void) {
      for source in 0..<count {
        let rows = layout.rows(source)
        let rowCount = layout.rowCount(source)
        var row = layout.columnCount(source)
        while row < rowCount {
          let target = Int(supernodeOfColumn[rows[row]])
          let end = layout.firstColumn(target) + layout.columnCount(target)
          let first = row
          while row < rowCount && rows[row] < end { row += 1 }
          visit(
            target,
            Update(source: Int32(source), firstRow: Int32(first), columnCount: Int32(row - first)))
        }
      }
    }

    var starts = [Int](repeating: 0, count: count + 1)
    var parents = [Int](repeating: count, count: count)
    var work = [Double](repeating: 0, count: count + 1)
    var largestProduct = 1
    forEachUpdate { target, update in
      starts[target + 1] += 1
      let source = Int(update.source)
      // The first supernode that is changed is the parent in the elimination tree.
      if parents[source] == count { parents[source] = target }
      let rowCount = layout.rowCount(source) - Int(update.firstRow)
      largestProduct = max(largestProduct, rowCount * Int(update.columnCount))
      let (rows, columns) = (Double(rowCount), Double(update.columnCount))
      work[target] += Double(layout.columnCount(source)) * columns * (2 * rows - columns)
    }
    for supernode in 0..<count { starts[supernode + 1] += starts[supernode] }
    var updates = [Update](
      repeating: Update(source: 0, firstRow: 0, columnCount: 0), count: starts[count])
    var next = starts
    forEachUpdate { target, update in
      updates[next[target]] = update
      next[target] += 1
    }

    var total = 0.0
    var subtreeWork = work
    for supernode in 0..<count {
      let (rows, columns) = (
        Double(layout.rowCount(supernode)), Double(layout.columnCount(supernode))
      )
      let supernodeWork = work[supernode] + columns * columns * (rows - columns * 2 / 3)
      total += supernodeWork
      subtreeWork[supernode] += supernodeWork - work[supernode]
      subtreeWork[parents[supernode]] += subtreeWork[supernode]
    }
    // A tree too small to share is one task, on the caller's thread.
    let isShared = total >= Self.smallestSharedWork
    let largest = total * Self.largestShare
    var subtreeOf = [Int](repeating: isShared ? -1 : 0, count: count)
    var subtrees: [(work: Double, supernodes: [Int32])] = isShared ? [] : [(total, [])]
    var top: [Int32] = []
    for supernode in stride(from: count - 1, through: 0, by: -1) where isShared {
      let parent = parents[supernode]
      if subtreeWork[supernode] > largest {
        top.append(Int32(supernode))
      } else if parent < count && subtreeOf[parent] >= 0 {
        subtreeOf[supernode] = subtreeOf[parent]
      } else {
        subtreeOf[supernode] = subtrees.count
        subtrees.append((subtreeWork[supernode], []))
      }
    }
    for supernode in 0..<count where subtreeOf[supernode] >= 0 {
      subtrees[subtreeOf[supernode]].supernodes.append(Int32(supernode))
    }
    let order = subtrees.indices.sorted {
      (-subtrees[$0].work, $0) < (-subtrees[$1].work, $1)
    }
    updateStarts = starts
    self.updates = updates
    self.subtrees = order.map { subtrees[$0].supernodes }
    self.top = top.reversed()
    operationCount = total
    self.largestProduct = largestProduct
    largestRowCount = (0..<count).lazy.map { layout.rowCount($0) }.max() ?? 0
  }
}
