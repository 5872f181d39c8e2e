/// What a design has to stand and how it is judged: everything but the design itself.
///
/// A value: cheap, compared, saved. ``ManufacturabilityLoss`` makes it ready to be evaluated.
public struct ManufacturabilityProblem: Codable, Sendable, Equatable {
  /// The grid that designs fill.
  public var grid: DesignGrid
  /// One solid, or two: then a design has a second image, the share of the second solid.
  public var solids: [SolidPhase]
  /// What is left where there is no solid.
  public var void: VoidPhase
  /// Held displacements.
  public var supports: [Support]
  /// What loads the structure.
  public var loadCases: [LoadCase]
  /// Heat conduction, where temperatures are to be solved for.
  public var heat: HeatConduction?
  /// A change of temperature that is the same everywhere, on top of what conduction gives.
  public var temperatureChange: Double
  /// Elements that are not designed.
  public var passive: [PassiveRegion]
  /// The filter, where there is one.
  public var filter: DensityFilter?
  /// The projection, where there is one.
  public var projection: DensityProjection?
  /// How constants follow from density.
  public var interpolation: MaterialInterpolation
  /// How the penalty grows during optimisation, where it does.
  public var penaltyContinuation: Continuation?
  /// How the projection's steepness grows during optimisation, where it does.
  public var projectionContinuation: Continuation?
  /// What is measured.
  public var terms: [Term]

  /// A problem.
  public init(
    grid: DesignGrid, solids: [SolidPhase], void: VoidPhase = .init(), supports: [Support] = [],
    loadCases: [LoadCase] = [], heat: HeatConduction? = nil, temperatureChange: Double = 0,
    passive: [PassiveRegion] = [], filter: DensityFilter? = nil,
    projection: DensityProjection? = nil,
    interpolation: MaterialInterpolation = .init(), penaltyContinuation: Continuation? = nil,
    projectionContinuation: Continuation? = nil, terms: [Term]
  ) {
    self.grid = grid
    self.solids = solids
    self.void = void
    self.supports = supports
    self.loadCases = loadCases
    self.heat = heat
    self.temperatureChange = temperatureChange
    self.passive = passive
    self.filter = filter
    self.projection = projection
    self.interpolation = interpolation
    self.penaltyContinuation = penaltyContinuation
    self.projectionContinuation = projectionContinuation
    self.terms = terms
  }

  /// Images of a design: density and, with two solids, the share of the second.
  public var channelCount: Int { solids.count }
  /// Values of a design.
  public var designCount: Int { channelCount * grid.elementCount }
  /// The shape of a design's array: an image, or `[2] +` an image.
  public var designShape: [Int] {
    channelCount == 1 ? grid.imageShape : [channelCount] + grid.imageShape
  }
  /// What material has to hang together with: the supports, and where nothing is held the sinks and films.
  package var anchoringRegions: [GridRegion] {
    supports.isEmpty ? heat?.cooledRegions ?? [] : supports.map(\.region)
  }
  /// Whether anything warms the structure.
  public var isWarmed: Bool { heat != nil || temperatureChange != 0 }
}
