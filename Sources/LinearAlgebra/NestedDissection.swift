internal import CSuiteSparse
internal import Synchronization

/// The order in which to eliminate the vertices of a graph so that the factor stays small.
///
/// METIS nested dissection, postordered on the elimination tree. The corresponding C function is
/// `cholmod_l_analyze`.
///
/// - Returns: The vertices in the order of their elimination.
public func nestedDissection(of graph: SparsityPattern) throws(FactorizationError) -> [Int] {
  // METIS draws from the C library's one random sequence: two orderings at a time would disturb each other.
  try ordering.withLock { _ throws(FactorizationError) in
    try ordered(graph, by: CHOLMOD_METIS)
  }
}

/// The same for the graph of a regular lattice, whose vertices are coupled with all they share a cell with: by the best of straight cuts; METIS's where the lattice
/// is too large for that.
///
/// - Parameters:
///   - lengths: Vertices along each axis, the one that is numbered fastest first.
///   - isPeriodic: Whether the last vertex along each axis is a neighbour of the first.
/// - Returns: The vertices in the order of their elimination, postordered on the elimination tree.
public func nestedDissection(
  ofLattice lengths: [Int], isPeriodic: Bool, unknownsPerVertex: Int, graph: SparsityPattern
) throws(FactorizationError) -> [Int] {
  guard
    var dissection = LatticeDissection(
      lengths: lengths, isPeriodic: isPeriodic, unknownsPerVertex: unknownsPerVertex)
  else { return try nestedDissection(of: graph) }
  return try ordered(graph, by: CHOLMOD_GIVEN, dissection.order())
}

private let ordering = Mutex(())

private func ordered(
  _ graph: SparsityPattern, by method: Int32, _ given: [Int] = []
) throws(FactorizationError) -> [Int] {
  guard graph.size > 0 else { return [] }
  let common = CholmodCommon()
  common.pointer.pointee.nmethods = 1
  common.pointer.pointee.method.0.ordering = method
  common.pointer.pointee.supernodal = CHOLMOD_SIMPLICIAL
  var given = given
  var factor = graph.withCholmodMatrix(values: nil) { matrix in
    given.withUnsafeMutableBufferPointer {
      cholmod_l_analyze_p(matrix, $0.isEmpty ? nil : $0.baseAddress, nil, 0, common.pointer)
    }
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
