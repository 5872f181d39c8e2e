internal import FiniteElements
internal import LinearAlgebra

/// The conductivity matrix of a structure with its films, factored.
///
/// The held nodes decide the unknowns, their order and the pattern: one analysis. Conductivities and coefficients of
/// films decide the values: ``update(_:films:temperature:)`` factors new ones on the same analysis.
///
/// A class, because the factor has one owner and the system that keeps it is borrowed while it solves.
final class FactoredConductivity {
  /// The nodes of prescribed temperature, in the order of the load case.
  let held: [Int32]
  /// How temperatures follow from the unknowns.
  let map: UnknownMap
  /// The films in the matrix.
  private(set) var films: [FilmMatrix]
  /// The temperature of every node at which the conductivities were taken.
  private(set) var temperature: [Double]
  private(set) var factor: CholeskyFactor
  private var norm: Double

  private init(
    _ map: UnknownMap, held: [Int32], films: [FilmMatrix], temperature: [Double], norm: Double,
    factor: consuming CholeskyFactor
  ) {
    self.map = map
    self.held = held
    self.films = films
    self.temperature = temperature
    self.norm = norm
    self.factor = factor
  }

  /// Assembles and factors.
  ///
  /// - Throws: ``SolveError``: an inverted cell, a failed factorization.
  static func of(
    _ structure: Structure, _ map: UnknownMap, held: [Int32], films: [FilmMatrix],
    temperature: [Double]
  ) throws -> FactoredConductivity {
    let matrix = try structure.conductivity(map, films, at: temperature)
    let norm = try norm(of: matrix)
    return FactoredConductivity(
      map, held: held, films: films, temperature: temperature, norm: norm,
      factor: try structure.factored(matrix, map))
  }

  /// Replaces the values of the matrix and factors them on the analysis that is there.
  ///
  /// - Throws: ``SolveError`` as for the first; the factor is then of no use.
  func update(
    _ structure: Structure, films: [FilmMatrix], temperature: [Double]
  ) throws {
    let matrix = try structure.conductivity(map, films, at: temperature)
    norm = try Self.norm(of: matrix)
    do { try factor.update(with: matrix) } catch { throw structure.located(error, map) }
    (self.films, self.temperature) = (films, temperature)
  }

  private static func norm(of matrix: SparseMatrix) throws(SolveError) -> Double {
    let norm = matrix.infinityNorm
    guard norm.isFinite else { throw .notFinite("the conductivity") }
    return norm
  }

  /// Solves for given sources and held temperatures.
  ///
  /// - Parameters:
  ///   - applied: Heat into every node, films' ambient included.
  ///   - values: A temperature per node; only those of held nodes are read.
  func solve(
    _ structure: Structure, applied: [Double], held values: [Double]
  ) throws -> HeatFlow {
    var unknowns = [Double](repeating: 0, count: map.unknownCount)
    var flow = HeatFlow()
    let (map, films, temperature, norm) = (self.map, self.films, self.temperature, self.norm)
    let source = applied.largest
    flow.refinement = try factor.refine(&unknowns, "the temperature") { unknowns in
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
