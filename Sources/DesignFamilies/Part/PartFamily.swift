public import Manufacturability

/// Brackets and beams in plane stress: stiff parts of a given volume.
public struct PartFamily: DesignFamily {
  /// `part`
  public static let name = "part"
  /// 32×32, 64×64, 128×64.
  public static let sizes = [
    GridSize(columns: 32, rows: 32), GridSize(columns: 64, rows: 64),
    GridSize(columns: 128, rows: 64),
  ]
  /// The channels of the conditioning fields; see ``PartFields``.
  public static let fieldNames = [
    "volume-fraction", "log-energy", "stress-xx", "stress-yy", "stress-xy", "displacement-x",
    "displacement-y", "support-x", "support-y", "force-x", "force-y",
  ]

  /// Where problems come from.
  public var sampler: PartSampler
  /// How reference designs are found.
  public var search: ReferenceSearch

  /// The family, with a sampler and a way to find reference designs.
  public init(_ sampler: PartSampler, search: ReferenceSearch = .init()) {
    self.sampler = sampler
    self.search = search
  }

  /// The problem with a number.
  public func problem(_ number: Int, seed: UInt64) throws(SamplerFault) -> PartProblem {
    try sampler.problem(number, seed: seed)
  }

  /// Aluminium with the strict void, and compliance as the one term.
  public func judged(_ problem: PartProblem) -> ManufacturabilityProblem {
    problem.manufacturability()
  }

  /// Reference designs, one per problem, or why there is none.
  public func references(for problems: [PartProblem]) throws
    -> [Result<ReferenceDesign, ReferenceFault>]
  {
    try search.references(for: problems)
  }

  /// The conditioning fields, one solve per problem.
  public func fields(of problems: [PartProblem]) throws -> [Result<[Float], DesignFault>] {
    try PartFields.fields(of: problems)
  }

  /// The fields of a problem's image under a symmetry, and of the opposite forces, without another solve.
  ///
  /// - Parameters:
  ///   - fields: The problem's own, `[field][row][column]`.
  ///   - negatesForces: Whether all forces change their sign; the best design stays the same.
  ///   - sources: ``Symmetry/sources(on:)``.
  public static func fields(
    _ fields: [Float], imagedBy symmetry: Symmetry, negatesForces: Bool, sources: [Int]
  ) -> [Float] {
    PartFields.imaged(fields, by: symmetry, negatesForces: negatesForces, sources: sources)
  }
}
