internal import COpenBLAS

/// A block of a dense column-major matrix, and what a Cholesky factorization does with blocks.
///
/// Every operation is one call of OpenBLAS on the calling thread: its bits depend on the numbers and the shape
/// of the blocks alone. The memory is the owner's.
struct DenseBlock {
  let entries: UnsafeMutablePointer<Double>
  let rowCount: Int32
  let columnCount: Int32
  /// Entries from one column to the next.
  let stride: Int32

  init(_ entries: UnsafeMutablePointer<Double>, rows: Int, columns: Int, stride: Int) {
    self.entries = entries
    rowCount = Int32(rows)
    columnCount = Int32(columns)
    self.stride = Int32(stride)
  }

  /// C := s C + f A Bᵀ. The corresponding C function is `dgemm_`.
  func set(to factor: Double, _ a: Self, timesTransposed b: Self, plus scale: Double) {
    var (m, n, k, f, s) = (rowCount, columnCount, a.columnCount, factor, scale)
    var (lda, ldb, ldc) = (a.stride, b.stride, stride)
    dgemm_("N", "T", &m, &n, &k, &f, a.entries, &lda, b.entries, &ldb, &s, entries, &ldc)
  }

  /// The lower triangle of C := s C + f A Aᵀ. The corresponding C function is `dsyrk_`.
  func setLower(to factor: Double, timesItsTransposed a: Self, plus scale: Double) {
    var (n, k, f, s) = (rowCount, a.columnCount, factor, scale)
    var (lda, ldc) = (a.stride, stride)
    dsyrk_("L", "N", &n, &k, &f, a.entries, &lda, &s, entries, &ldc)
  }

  /// B := B L⁻ᵀ for the lower triangle L of `factor`. The corresponding C function is `dtrsm_`.
  func divide(byTransposed factor: Self) {
    var (m, n, one) = (rowCount, columnCount, 1.0)
    var (lda, ldb) = (factor.stride, stride)
    dtrsm_("R", "L", "T", "N", &m, &n, &one, factor.entries, &lda, entries, &ldb)
  }

  /// Replaces the lower triangle by its Cholesky factor. The corresponding C function is `dpotrf_`.
  ///
  /// - Returns: The first column whose pivot is not positive, or `nil`.
  func factorLower() -> Int? {
    var (n, lda, info) = (rowCount, stride, Int32(0))
    dpotrf_("L", &n, entries, &lda, &info)
    return info > 0 ? Int(info) - 1 : nil
  }
}
