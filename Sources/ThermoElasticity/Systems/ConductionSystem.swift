internal import FiniteElements
internal import LinearAlgebra

/// The conductivity of a structure with its films, as a linear system.
///
/// The held nodes decide the unknowns, their order and the pattern: one analysis. Conductivities and coefficients of
/// films decide the values: ``use(_:at:in:)`` gives new ones to the same analysis.
struct ConductionSystem {
  /// The nodes of prescribed temperature, in the order of the load case.
  let held: [Int32]
  let system: LinearSystem
  /// The films in the matrix.
  private(set) var films: [FilmMatrix] = []
  /// The temperature of every node at which the conductivities were taken.
  private(set) var temperature: [Double] = []

  /// A system without values.
  init(held: [Int32], _ system: LinearSystem) { (self.held, self.system) = (held, system) }

  /// Assembles the matrix of conduction and films and gives it to the solver.
  ///
  /// - Throws: ``SolveError``: an inverted cell, a failed factorization; the system is then of no use.
  mutating func use(
    _ films: [FilmMatrix], at temperature: [Double], in structure: Structure
  ) throws {
    try system.use(
      structure.conductivity(system.map, films, at: temperature), "the conductivity")
    (self.films, self.temperature) = (films, temperature)
  }

  /// Solves for given sources and held temperatures.
  ///
  /// - Parameters:
  ///   - applied: Heat into every node, films' ambient included.
  ///   - values: A temperature per node; only those of held nodes are read.
  func solve(
    _ structure: Structure, applied: [Double], held values: [Double]
  ) throws -> HeatFlow {
    var flow = HeatFlow()
    let (map, norm, source) = (system.map, system.norm, applied.largest)
    flow.refinement = try system.solve("the temperature") { unknowns in
      flow.temperature = map.values(unknowns: unknowns, held: values)
      flow.conducted = structure.conductedFlow(flow.temperature, conductivityAt: temperature)
      flow.outflow = structure.adding(films, at: flow.temperature, to: flow.conducted)
      var imbalance = applied
      for slot in imbalance.indices { imbalance[slot] -= flow.outflow[slot] }
      return (map.gathered(imbalance), norm * flow.temperature.largest + source)
    }
    return flow
  }
}

/// Temperatures, and the heat that keeps them.
struct HeatFlow {
  /// Of every node.
  var temperature: [Double] = []
  /// Heat conducted from every node into the cells.
  var conducted: [Double] = []
  /// The same and what leaves through films.
  var outflow: [Double] = []
  var refinement = Refinement(count: 0, residual: 0)
}
