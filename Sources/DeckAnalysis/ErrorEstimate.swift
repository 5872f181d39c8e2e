/// An estimate of the discretisation error in the energy norm.
public struct ErrorEstimate: Sendable, Equatable {
  /// The norm of the estimated error, √energy.
  public var norm: Double
  /// The norm over that of the solution with the error in it: 0 exact, 1 useless.
  public var relative: Double

  /// The estimate as an object.
  var json: JSONText {
    .object([("energyNorm", .number(norm)), ("relative", .number(relative))])
  }
}
