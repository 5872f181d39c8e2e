internal import CSuiteSparse
internal import Glibc

/// The Cholesky factor L of a symmetric positive definite matrix, A = LLᵀ, in the order of its columns.
///
/// Number the unknowns by ``nestedDissection(of:)`` before the matrix is made: the factor keeps their
/// order, so that no permuted copy of the matrix is needed.
public struct CholeskyFactor: ~Copyable {
  /// Who computes the values.
  public enum Kernel: Sendable {
    /// `SupernodalFactorization`, on all threads.
    case ours
    /// CHOLMOD's own, on the calling thread: the peer of measurements.
    case cholmod
  }
  private let common: CholmodCommon
  private let factor: UnsafeMutablePointer<cholmod_factor>
  private let kernel: Kernel
  /// Rows and columns.
  public let size: Int

  /// Analyses the pattern and factors the matrix.
  ///
  /// - Throws: As ``init(analysing:kernel:)`` and ``update(with:)``.
  public init(of matrix: borrowing SparseMatrix, kernel: Kernel = .ours) throws(FactorizationError)
  {
    var factor = try Self(analysing: matrix.pattern, kernel: kernel)
    try factor.update(with: matrix)
    self = factor
  }

  /// Analyses a pattern: ``entryCount`` is known, and there are no values before ``update(with:)``.
  ///
  /// The corresponding C function is `cholmod_l_analyze`.
  public init(
    analysing pattern: SparsityPattern, kernel: Kernel = .ours
  ) throws(FactorizationError) {
    let common = CholmodCommon()
    common.pointer.pointee.method.0.ordering = CHOLMOD_NATURAL
    common.pointer.pointee.postorder = 0
    var factor = pattern.withCholmodMatrix(values: nil) { matrix in
      cholmod_l_analyze(matrix, common.pointer)
    }
    do throws(FactorizationError) {
      try common.check()
      guard let symbolic = factor else {
        throw FactorizationError.failed(status: Int(common.pointer.pointee.status))
      }
      self.common = common
      self.kernel = kernel
      self.factor = symbolic
      size = pattern.size
    } catch {
      cholmod_l_free_factor(&factor, common.pointer)
      throw error
    }
  }

  /// From here on a factor is large beside the rest of the process.
  private static let largeByteCount = 16 << 20

  deinit {
    var factor: UnsafeMutablePointer<cholmod_factor>? = self.factor
    cholmod_l_free_factor(&factor, common.pointer)
  }

  /// Computes the values of the factor for a matrix on the pattern that was analysed.
  ///
  /// The corresponding C function, with CHOLMOD's own kernel, is `cholmod_l_factorize`.
  public mutating func update(with matrix: borrowing SparseMatrix) throws(FactorizationError) {
    precondition(matrix.pattern.size == size, "\(matrix.pattern.size) columns instead of \(size)")
    // A large factor is by far the largest allocation: give back first what ordering and assembly have freed.
    // Before a small one that would only make the next allocations fault the same pages in again.
    if factor.pointee.xtype == CHOLMOD_PATTERN && entryCount * 8 > Self.largeByteCount {
      malloc_trim(0)
    }
    try Self.factor(matrix, into: factor, common, kernel)
  }

  private static func factor(
    _ matrix: borrowing SparseMatrix, into factor: UnsafeMutablePointer<cholmod_factor>,
    _ common: borrowing CholmodCommon, _ kernel: Kernel
  ) throws(FactorizationError) {
    if kernel == .cholmod {
      _ = matrix.pattern.withCholmodMatrix(values: matrix.values) {
        cholmod_l_factorize($0, factor, common.pointer)
      }
      if common.pointer.pointee.status == CHOLMOD_NOT_POSDEF
        || factor.pointee.minor < factor.pointee.n
      {
        throw .notPositiveDefinite(column: Int(factor.pointee.minor))
      }
      return try common.check(neededBytes: Int(factor.pointee.xsize) * 8)
    }
    // Room for the values, where there is none yet.
    if factor.pointee.xtype == CHOLMOD_PATTERN {
      cholmod_l_change_factor(CHOLMOD_REAL, 1, 1, 1, 1, factor, common.pointer)
      try common.check(neededBytes: Int(factor.pointee.xsize) * 8)
      Self.askForLargePages(factor.pointee.x, byteCount: Int(factor.pointee.xsize) * 8)
    }
    guard let layout = SupernodalLayout(factor), let values = factor.pointee.x else {
      throw .failed(status: Int(common.pointer.pointee.status))
    }
    factor.pointee.minor = factor.pointee.n
    let failure = SupernodalFactorization(
      layout, matrix, values: values.assumingMemoryBound(to: Double.self)
    ).run()
    if let failure {
      factor.pointee.minor = failure
      throw .notPositiveDefinite(column: failure)
    }
  }

  /// Asks the system to back memory with large pages where it has them: fewer faults while a factor is
  /// written, and fewer misses while its columns, far apart, are read side by side.
  ///
  /// The corresponding C function is `madvise`; its refusal changes nothing but time.
  private static func askForLargePages(_ start: UnsafeMutableRawPointer?, byteCount: Int) {
    let page = 1 << 21
    guard let start, byteCount > 16 * page else { return }
    let first = start.alignedUp(toMultipleOf: page)
    let last = (start + byteCount).alignedDown(toMultipleOf: page)
    madvise(first, last - first, MADV_HUGEPAGE)
  }

  /// Solves A x = b.
  ///
  /// - Complexity: O(entries of the factor)
  public borrowing func solve(_ load: [Double]) throws(FactorizationError) -> [Double] {
    precondition(load.count == size, "a load of \(load.count) values for \(size) unknowns")
    guard size > 0 else { return [] }
    var solution = load
    try substitute(CHOLMOD_L, &solution)
    try substitute(CHOLMOD_Lt, &solution)
    return solution
  }

  private borrowing func substitute(_ system: Int32, _ vector: inout [Double])
    throws(FactorizationError)
  {
    let size = self.size
    let common = self.common.pointer
    let factor = self.factor
    vector.withUnsafeMutableBufferPointer { values in
      var right = cholmod_dense()
      right.nrow = size
      right.ncol = 1
      right.nzmax = size
      right.d = size
      right.x = UnsafeMutableRawPointer(values.baseAddress)
      right.xtype = CHOLMOD_REAL
      right.dtype = CHOLMOD_DOUBLE
      var left = cholmod_l_solve(system, factor, &right, common)
      if let left, let result = left.pointee.x {
        values.baseAddress?.update(
          from: result.assumingMemoryBound(to: Double.self), count: size)
      }
      cholmod_l_free_dense(&left, common)
    }
    try self.common.check()
  }

  /// Stored entries of the factor, its explicit zeros included.
  public var entryCount: Int { Int(factor.pointee.xsize) }

  /// A cheap estimate of the reciprocal condition number: (smallest / largest diagonal entry of L)².
  ///
  /// The corresponding C function is `cholmod_l_rcond`.
  public var reciprocalCondition: Double { cholmod_l_rcond(factor, common.pointer) }
}
