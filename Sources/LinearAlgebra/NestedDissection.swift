internal import CSuiteSparse
internal import Synchronization

/// The order in which to eliminate the vertices of a graph so that the factor stays small.
///
/// METIS nested dissection, postordered on the elimination tree. The corresponding C function is
/// `cholmod_l_analyze`.
///
/// - Returns: The vertices in the order of their elimination.
public func nestedDissection(of graph: SparsityPattern) throws(FactorizationError) -> [Int] {
  guard graph.size > 0 else { return [] }
  // METIS draws from the C library's one random sequence: two orderings at a time would disturb each other.
  return try ordering.withLock { _ throws(FactorizationError) in try orderedByMETIS(graph) }
}

private let ordering = Mutex(())

private func orderedByMETIS(_ graph: SparsityPattern) throws(FactorizationError) -> [Int] {
  let common = CholmodCommon()
  common.pointer.pointee.method.0.ordering = CHOLMOD_METIS
  common.pointer.pointee.supernodal = CHOLMOD_SIMPLICIAL
  var factor = graph.withCholmodMatrix(values: nil) { matrix in
    cholmod_l_analyze(matrix, common.pointer)
  }
  defer { cholmod_l_free_factor(&factor, common.pointer) }
  try common.check()
  guard let factor, let order = factor.pointee.Perm else {
    throw .failed(status: Int(common.pointer.pointee.status))
  }
  let vertices = order.assumingMemoryBound(to: Int.self)
  return (0..<graph.size).map { vertices[$0] }
}

extension SparsityPattern {
  /// Lends the pattern and values to CHOLMOD as a symmetric matrix with its lower triangle stored.
  func withCholmodMatrix<Result>(
    values: [Double]?, _ body: (UnsafeMutablePointer<cholmod_sparse>) -> Result
  ) -> Result {
    columnStarts.withUnsafeBufferPointer { starts in
      rows.withUnsafeBufferPointer { rows in
        (values ?? []).withUnsafeBufferPointer { entries in
          // CHOLMOD takes mutable pointers and does not write through them in the calls made here.
          var matrix = cholmod_sparse()
          matrix.nrow = size
          matrix.ncol = size
          matrix.nzmax = rows.count
          matrix.p = UnsafeMutableRawPointer(mutating: starts.baseAddress)
          matrix.i = UnsafeMutableRawPointer(mutating: rows.baseAddress)
          matrix.x = values == nil ? nil : UnsafeMutableRawPointer(mutating: entries.baseAddress)
          matrix.stype = -1
          matrix.itype = CHOLMOD_LONG
          matrix.xtype = values == nil ? CHOLMOD_PATTERN : CHOLMOD_REAL
          matrix.dtype = CHOLMOD_DOUBLE
          matrix.sorted = 1
          matrix.packed = 1
          return withUnsafeMutablePointer(to: &matrix) { body($0) }
        }
      }
    }
  }
}
