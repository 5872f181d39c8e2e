/// Where a generated design comes from, as far as its part file says.
public struct PartProvenance: Codable, Sendable, Equatable {
  /// What made it, with its version.
  public var program: String?
  /// The network, by the name of its weights or run.
  public var model: String?
  /// The SHA-256 of the weights, hexadecimal.
  public var modelHash: String?
  /// The SHA-256 of the configuration it was trained with.
  public var configHash: String?
  /// The SHA-256 of the data set's manifest.
  public var dataHash: String?
  /// The seed of the random numbers.
  public var seed: UInt64?
  /// Which design of that seed, from 0.
  public var number: Int?
  /// Linear systems that were solved to find the design, those of its conditioning among them.
  public var solveCount: Int?
  /// Steps by which the design was improved with the solver's gradient.
  public var refinementStepCount: Int?
}
