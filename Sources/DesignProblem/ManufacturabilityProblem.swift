/// What a design has to stand and how it is judged: everything but the design itself.
///
/// A value: cheap, compared, saved. ``ManufacturabilityLoss`` makes it ready to be evaluated.
package struct ManufacturabilityProblem: Codable, Sendable, Equatable {
  /// The grid that designs fill.
  package var grid: DesignGrid
  /// One solid, or two: then a design has a second image, the share of the second solid.
  package var solids: [SolidPhase]
  /// What is left where there is no solid.
  package var void: VoidPhase
  /// The solid that fills the grid where a design is 0, in the place of void, such as the laminate around copper; its index is not read.
  package var matrix: SolidPhase?
  /// Held displacements.
  package var supports: [Support]
  /// What loads the structure.
  package var loadCases: [LoadCase]
  /// Heat conduction, where temperatures are to be solved for.
  package var heat: HeatConduction?
  /// A change of temperature that is the same everywhere, on top of what conduction gives.
  package var temperatureChange: Double
  /// Elements that are not designed.
  package var passive: [PassiveRegion]
  /// The filter, where there is one.
  package var filter: DensityFilter?
  /// The projection, where there is one.
  package var projection: DensityProjection?
  /// How constants follow from density.
  package var interpolation: MaterialInterpolation
  /// How the penalty grows during optimisation, where it does.
  package var penaltyContinuation: Continuation?
  /// How the projection's steepness grows during optimisation, where it does.
  package var projectionContinuation: Continuation?
  /// What is measured.
  package var terms: [Term]

  /// A problem.
  package init(
    grid: DesignGrid, solids: [SolidPhase], void: VoidPhase = .init(), matrix: SolidPhase? = nil,
    supports: [Support] = [],
    loadCases: [LoadCase] = [], heat: HeatConduction? = nil, temperatureChange: Double = 0,
    passive: [PassiveRegion] = [], filter: DensityFilter? = nil,
    projection: DensityProjection? = nil,
    interpolation: MaterialInterpolation = .init(), penaltyContinuation: Continuation? = nil,
    projectionContinuation: Continuation? = nil, terms: [Term]
  ) {
    self.grid = grid
    self.solids = solids
    self.void = void
    self.matrix = matrix
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
  package var channelCount: Int { solids.count }
  /// Values of a design.
  package var designCount: Int { channelCount * grid.elementCount }
  /// The shape of a design's array: an image, or `[2] +` an image.
  package var designShape: [Int] {
    channelCount == 1 ? grid.imageShape : [channelCount] + grid.imageShape
  }
  /// What material has to hang together with: the supports, and where nothing is held the sinks and films.
  package var anchoringRegions: [GridRegion] {
    supports.isEmpty ? heat?.cooledRegions ?? [] : supports.map(\.region)
  }
  /// Whether anything warms the structure.
  package var isWarmed: Bool { heat?.deforms == true || temperatureChange != 0 }
}
