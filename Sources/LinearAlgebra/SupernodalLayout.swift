internal import CSuiteSparse

/// Where CHOLMOD's analysis puts the entries of a supernodal factor.
///
/// A supernode is a run of columns with the same rows below them, stored as one dense column-major block whose
/// first rows are its own columns. Borrowed from the symbolic factor, which must outlive it.
struct SupernodalLayout {
  /// Supernodes.
  let count: Int
  /// Columns of the factor.
  let size: Int
  private let columns: UnsafePointer<Int>
  private let rowStarts: UnsafePointer<Int>
  private let valueStarts: UnsafePointer<Int>
  private let allRows: UnsafePointer<Int>

  /// The layout of an analysed factor; `nil` where it is not supernodal.
  init?(_ factor: UnsafeMutablePointer<cholmod_factor>) {
    guard factor.pointee.is_super != 0, let columns = factor.pointee.`super`,
      let rowStarts = factor.pointee.pi, let valueStarts = factor.pointee.px,
      let rows = factor.pointee.s
    else { return nil }
    count = factor.pointee.nsuper
    size = factor.pointee.n
    self.columns = UnsafePointer(columns.assumingMemoryBound(to: Int.self))
    self.rowStarts = UnsafePointer(rowStarts.assumingMemoryBound(to: Int.self))
    self.valueStarts = UnsafePointer(valueStarts.assumingMemoryBound(to: Int.self))
    allRows = UnsafePointer(rows.assumingMemoryBound(to: Int.self))
  }

  /// The first column of a supernode.
  func firstColumn(_ supernode: Int) -> Int { columns[supernode] }
  /// Its columns.
  func columnCount(_ supernode: Int) -> Int { columns[supernode + 1] - columns[supernode] }
  /// Its rows, its own columns included.
  func rowCount(_ supernode: Int) -> Int { rowStarts[supernode + 1] - rowStarts[supernode] }
  /// The number of each of its rows, increasing.
  func rows(_ supernode: Int) -> UnsafePointer<Int> { allRows + rowStarts[supernode] }
  /// Where its block begins among the values of the factor.
  func valueStart(_ supernode: Int) -> Int { valueStarts[supernode] }
}
