internal import CSuiteSparse

/// The supernodes of a factor: which columns are eliminated together, and the rows below them.
package struct SupernodalStructure {
  private var columnStarts: [Int]
  private var rowStarts: [Int]
  private var rows: [Int]

  /// Analyses a pattern in the order of its columns.
  ///
  /// Columns of nearly the same structure are joined, at the price of some explicit zeros. The corresponding C function
  /// is `cholmod_l_analyze`.
  package init(of pattern: SparsityPattern) throws(FactorizationError) {
    let common = CholmodCommon()
    common.pointer.pointee.method.0.ordering = CHOLMOD_NATURAL
    common.pointer.pointee.postorder = 0
    common.pointer.pointee.nrelax = (4, 8, 32)
    common.pointer.pointee.zrelax = (0.3, 0.05, 0.01)
    var factor = pattern.withCholmodMatrix(values: nil) { cholmod_l_analyze($0, common.pointer) }
    defer { cholmod_l_free_factor(&factor, common.pointer) }
    try common.check()
    guard let symbolic = factor?.pointee, let supers = symbolic.super, let starts = symbolic.pi,
      let structure = symbolic.s
    else { throw .failed(status: Int(common.pointer.pointee.status)) }
    let count = Int(symbolic.nsuper)
    func copy(_ pointer: UnsafeMutableRawPointer, _ count: Int) -> [Int] {
      Array(
        UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Int.self), count: count))
    }
    columnStarts = copy(supers, count + 1)
    rowStarts = copy(starts, count + 1)
    rows = copy(structure, Int(symbolic.ssize))
  }

  /// Fronts, one per supernode.
  package var frontCount: Int { columnStarts.count - 1 }

  /// The columns that a front eliminates.
  package func columns(of front: Int) -> Range<Int> {
    columnStarts[front]..<columnStarts[front + 1]
  }

  /// Rows below the columns, increasing.
  package func border(of front: Int) -> ArraySlice<Int> {
    rows[(rowStarts[front] + columns(of: front).count)..<rowStarts[front + 1]]
  }
}
