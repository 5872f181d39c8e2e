/// Where a generated design comes from; what is not known is left out.
public struct DesignProvenance: Codable, Sendable, Equatable {
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

  /// What is known.
  public init(
    program: String? = nil, model: String? = nil, modelHash: String? = nil,
    configHash: String? = nil, dataHash: String? = nil, seed: UInt64? = nil, number: Int? = nil,
    solveCount: Int? = nil, refinementStepCount: Int? = nil
  ) {
    self.program = program
    self.model = model
    self.modelHash = modelHash
    self.configHash = configHash
    self.dataHash = dataHash
    self.seed = seed
    self.number = number
    self.solveCount = solveCount
    self.refinementStepCount = refinementStepCount
  }
}
