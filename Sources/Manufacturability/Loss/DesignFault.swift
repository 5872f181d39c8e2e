package import LinearAlgebra

/// Why one design could not be evaluated; its neighbours in the batch are not touched.
package enum DesignFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of values is not the problem's.
  case wrongCount(found: Int, expected: Int)
  /// A density that is no number, or outside 0…1.
  case notADensity(value: Double, image: Int, row: Int, column: Int, layer: Int?)
  /// A load acts on nothing: all elements at its nodes have density 0.
  case loadOnVoid(loadCase: String, load: Int)
  /// A factorization or a solve failed.
  case notSolved(field: String, FactorizationError)
  /// The solution's relative residual stayed too large.
  case notConverged(field: String, residual: Double)
  /// A value or a gradient is not finite.
  case notFinite(term: String)

  /// What happened, for a user.
  package var description: String {
    switch self {
    case .wrongCount(let found, let expected):
      return "the design has \(found) values, and the problem's grid needs \(expected)"
    case .notADensity(let value, let image, let row, let column, let layer):
      let place =
        (layer.map { "layer \($0), " } ?? "") + "row \(row), column \(column)"
        + (image == 0 ? "" : " of the share of the second solid")
      return "\(value) at \(place) is not within 0…1"
    case .loadOnVoid(let name, let load):
      return
        "load \(load) of load case '\(name)' acts on void only: put material at its nodes, or move it"
    case .notSolved(let field, let error): return "the \(field) could not be solved for: \(error)"
    case .notConverged(let field, let residual):
      return "the \(field)'s relative residual stayed at \(residual)"
    case .notFinite(let term): return "the term '\(term)' is NaN or infinite"
    }
  }
}
