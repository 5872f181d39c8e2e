import DesignFamilies
import DesignProblem
import Manufacturability

/// A second family: a square in steady heat conduction, whose largest temperatures are to be low for a given volume.
///
/// One side, chosen at random, is kept at 0 K above its surroundings; heat enters in one to three spots of four by four elements: at a single
/// node the temperature would grow with every refinement, without end. What a generator is told is the
/// sensitivity of the objective to the density of the solid square, with the places of sink and sources.
struct HeatedSquare: DesignFamily {
  let name = "heated-square"
  let sizes = [GridSize(columns: 32, rows: 32)]
  let distributions = [TaskDistribution("sides")]
  let search = ReferenceSearch(iterationCount: 25)
  let conditioning = ConditioningFields([.volumeFraction, .sensitivity("temperature"), .heat])
  /// Aluminium, in watts per millimetre and kelvin.
  private static let solid = SolidPhase(
    youngsModulus: 68_900, poissonsRatio: 0.33, conductivity: 0.167)

  func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  {
    var random = SeededGenerator(seed: seed, stream: UInt64(number))
    let side = [GridSide.left, .right, .bottom, .top][random.nextIndex(below: 4)]
    let sourceCount = 1 + random.nextIndex(below: 3)
    let sources = (0..<sourceCount).map { _ in
      // In the half away from the sink.
      let along = Double(random.nextIndex(below: size.rows - 3))
      let away = Double(size.columns / 2 + random.nextIndex(below: size.columns / 2 - 3))
      let across = side.isFar ? Double(size.columns) - 4 - away : away
      let corner = side.axis == 0 ? [across, along] : [along, across]
      return HeatConduction.Source(
        .box(lower: corner, upper: corner.map { $0 + 4 }), power: 2 / Double(sourceCount))
    }
    return DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: size.columns, rows: size.rows), solids: [Self.solid],
        heat: HeatConduction(sources: sources, sinks: [.init(.edge(side: side), temperature: 0)]),
        terms: [Term(.temperature())]),
      volumeFraction: 0.2 + 0.3 * random.nextUnit(), caseName: "\(side.rawValue) side")
  }
}
