internal import CGSL

/// Fits of linear models to data by least squares.
public enum LeastSquares {
  /// The matrix that makes the best coefficients of data.
  ///
  /// The corresponding C function is `gsl_multifit_linear`.
  ///
  /// - Parameter rows: For each datum the value of every model function; as many rows as data, at least as many
  ///   as functions, and functions that the data can tell apart.
  /// - Returns: For each function one row: what each datum contributes to its coefficient.
  public static func pseudoinverse(of rows: [[Double]]) -> [[Double]] {
    ScientificLibrary.prepare()
    let (dataCount, functionCount) = (rows.count, rows.first?.count ?? 0)
    precondition(
      functionCount > 0 && dataCount >= functionCount,
      "\(dataCount) data for \(functionCount) functions")
    guard let workspace = gsl_multifit_linear_alloc(dataCount, functionCount),
      let matrix = gsl_matrix_alloc(dataCount, functionCount),
      let data = gsl_vector_alloc(dataCount),
      let coefficients = gsl_vector_alloc(functionCount),
      let covariance = gsl_matrix_alloc(functionCount, functionCount)
    else { preconditionFailure("no memory for a fit of \(dataCount) data") }
    defer {
      gsl_multifit_linear_free(workspace)
      gsl_matrix_free(matrix)
      gsl_vector_free(data)
      gsl_vector_free(coefficients)
      gsl_matrix_free(covariance)
    }
    for (row, values) in rows.enumerated() {
      precondition(values.count == functionCount, "rows of different length")
      for (column, value) in values.enumerated() { gsl_matrix_set(matrix, row, column, value) }
    }
    var result = Array(repeating: Array(repeating: 0.0, count: dataCount), count: functionCount)
    for datum in 0..<dataCount {
      gsl_vector_set_basis(data, datum)
      var squares = 0.0
      let status = gsl_multifit_linear(
        matrix, data, coefficients, covariance, &squares, workspace)
      precondition(status == GSL_SUCCESS, String(cString: gsl_strerror(status)))
      for function in 0..<functionCount {
        result[function][datum] = gsl_vector_get(coefficients, function)
      }
    }
    return result
  }
}
