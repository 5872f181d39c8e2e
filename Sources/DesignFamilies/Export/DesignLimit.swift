/// A limit of a part's design, checked by `gcgan-validate` on the smooth model.
public struct DesignLimit: Sendable, Equatable {
  /// What is limited.
  public enum Figure: Sendable, Equatable {
    /// The largest von Mises stress, in megapascals.
    ///
    /// A force on a single node, and a node held alone, have a stress that grows without end on finer meshes: with them the limit judges the mesh.
    case vonMisesStress
    /// The largest displacement, in millimetres.
    case displacement
    /// The elastic energy, half of *f*·*u*, in newton millimetres.
    case strainEnergy
  }
  /// What is limited.
  public var figure: Figure
  /// The largest value under the problem's own loads.
  public var below: Double
  /// Where the limit comes from.
  public var source: String

  /// A limit under the problem's own loads.
  public init(_ figure: Figure, below: Double, source: String) {
    self.figure = figure
    self.below = below
    self.source = source
  }

  /// Yielding, with a margin, under loads that are a multiple of the problem's.
  ///
  /// - Parameters:
  ///   - yieldStress: In megapascals; 276 for aluminium 6061-T6.
  ///   - safetyFactor: How many times the stress has to stay below it.
  ///   - loadScale: The loads in service over those of the problem: stresses are proportional to them.
  ///   - source: Where the yield stress comes from.
  public static func yielding(
    _ yieldStress: Double = 276, safetyFactor: Double = 1.5, loadScale: Double,
    source: String = "ASM Handbook volume 2 (1990), aluminium 6061-T6"
  ) -> DesignLimit {
    DesignLimit(
      .vonMisesStress, below: yieldStress / (safetyFactor * loadScale),
      source:
        "\(source); safety factor \(safetyFactor), \(loadScale) times the loads of the problem")
  }
}
