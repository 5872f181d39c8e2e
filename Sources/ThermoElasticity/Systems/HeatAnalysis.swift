internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import NumericalMethods

/// One heat solve after the other, and what is kept in between; see ``HeatSystem``, which owns it.
///
/// A class, because what is kept changes while the system is borrowed.
final class HeatAnalysis {
  let structure: Structure
  let pieces: MeshPieces
  let equations: [UnknownMap.Equation]
  private let isLinear: Bool
  private let options: SolveOptions
  private let announce: ((LinearSystemSize) -> Void)?
  /// The system of the last load case, factored.
  private(set) var factored: ConductionSystem?
  /// How often unknowns were ordered and a pattern analysed.
  private(set) var analysisCount = 0
  /// How often values were factored.
  private(set) var factorizationCount = 0
  /// The same for all load cases.
  private var pointVolume: PointField<Double>?

  /// Prepares a structure for heat solves.
  ///
  /// - Throws: ``SolveError`` where a block has no element type or a cell no section.
  init(
    _ model: ThermoElasticModel, _ options: SolveOptions,
    announce: ((LinearSystemSize) -> Void)? = nil
  ) throws {
    (self.options, self.announce) = (options, announce)
    structure = try Structure(model) { ElementTable.conductivity($0, options.elements) }
    pieces = MeshPieces(model.mesh)
    equations = model.constraints.filter { $0.terms.allSatisfy { $0.component == 3 } }
      .map { $0.terms.map { (Int($0.node), $0.coefficient) } }
    isLinear = structure.materials.allSatisfy { $0.material.conductivity?.isConstant ?? true }
  }

  /// Solves for one load case; conductivities that depend on temperature are iterated to rest.
  ///
  /// - Parameter guess: Temperatures to start from where conductivities depend on them.
  /// - Throws: ``SolveError``: a body without any temperature, an inverted cell, a failed factorization.
  /// - Complexity: Two passes over the cells and as many back-substitutions as refinement takes; the same again and a
  ///   factorization for each iteration.
  func solve(_ loads: ThermalLoads, guess: [Double]? = nil) throws -> HeatSolution {
    var temperature = guess ?? structure.model.initialTemperature
    let loads = withoutFilmsOnTheAxis(loads, at: temperature)
    try prepare(loads, guess: guess)
    let applied = try structure.appliedHeat(loads)
    // A node without cells stays as warm as it is.
    var held = temperature
    for value in loads.prescribed { held[Int(value.node)] = value.value }
    let range = { (values: [Double]) in (values.max() ?? 0) - (values.min() ?? 0) }
    for iteration in 1...Self.largestIterationCount {
      if iteration > 1 { try factor(loads, at: temperature) }
      guard let factored else { preconditionFailure("no factor") }
      let flow = try factored.solve(structure, applied: applied, held: held)
      if isLinear { return try solution(flow, applied, factored) }
      let change = zip(flow.temperature, temperature).reduce(0) { max($0, abs($1.0 - $1.1)) }
      temperature = flow.temperature
      let scale = max(range(temperature), temperature.largest * 1e-6)
      if change <= Self.settledChange * scale { return try solution(flow, applied, factored) }
      if iteration == Self.largestIterationCount {
        throw SolveError.notConverged(iterations: iteration, change: change / scale)
      }
    }
    preconditionFailure("the loop returns or throws")
  }

  private static let largestIterationCount = 60
  private static let settledChange = 1e-10

  /// Factors for a load case, so far as the factor of the last one does not serve; ``solve(_:guess:)`` does so itself.
  ///
  /// - Throws: ``SolveError`` as ``solve(_:guess:)``.
  func prepare(_ loads: ThermalLoads, guess: [Double]? = nil) throws {
    let temperature = guess ?? structure.model.initialTemperature
    try factor(withoutFilmsOnTheAxis(loads, at: temperature), at: temperature)
  }

  /// Makes the kept factor that of a load case, with conductivities at the given temperatures.
  private func factor(_ loads: ThermalLoads, at temperature: [Double]) throws {
    let held = loads.prescribed.map(\.node)
    let hasFilms: Bool
    if let factored, factored.held == held {
      hasFilms = factored.films.areThose(of: loads)
      if hasFilms && (isLinear || factored.temperature == temperature) { return }
    } else {
      // The old factor goes before the new one comes: memory holds one.
      factored = nil
      hasFilms = false
    }
    if !hasFilms { try checkAnchors(loads) }
    var next = try factored ?? analysed(held)
    // A factor whose update fails is of no use.
    factored = nil
    try next.use(
      hasFilms ? next.films : structure.filmMatrices(loads), at: temperature, in: structure)
    factored = next
    factorizationCount += 1
  }

  private func analysed(_ held: [Int32]) throws -> ConductionSystem {
    let system = try LinearSystem(
      structure, width: 1, held: held.map { Int($0) }, equations: equations, options,
      announce: announce)
    analysisCount += 1
    return ConductionSystem(held: held, system)
  }

  /// Throws where a body has neither a prescribed temperature nor a film.
  private func checkAnchors(_ loads: ThermalLoads) throws {
    var isAnchored = [Bool](repeating: false, count: pieces.count)
    for value in loads.prescribed {
      if let piece = pieces.piece(ofNode: Int(value.node)) { isAnchored[piece] = true }
    }
    for film in loads.films where film.coefficient != 0 {
      if let piece = pieces.piece(ofNode: structure.sideNodes(film.facet)[0]) {
        isAnchored[piece] = true
      }
    }
    var joined = joinedPieces()
    let anchoredRoots = Set(
      (0..<pieces.count).filter { isAnchored[$0] }.map { joined.root(of: $0) })
    for piece in 0..<pieces.count where !anchoredRoots.contains(joined.root(of: piece)) {
      throw SolveError.floatingTemperature(body: pieces.name(of: piece, in: structure.model.mesh))
    }
  }

  /// The answer, checked, with what follows from its temperatures.
  private func solution(
    _ flow: HeatFlow, _ applied: [Double], _ factored: ConductionSystem
  ) throws -> HeatSolution {
    let soundness = try soundness(flow, applied, factored)
    var reaction = flow.outflow
    for slot in reaction.indices { reaction[slot] -= applied[slot] }
    let volume = pointVolume ?? structure.pointVolume()
    pointVolume = volume
    return HeatSolution(
      temperature: flow.temperature, reaction: reaction,
      // What is conducted into the cells alone: film exchange counts as coming from outside.
      conductedFlow: flow.conducted,
      heatFlux: structure.heatFlux(flow.temperature, conductivityAt: factored.temperature),
      pointVolume: volume, soundness: soundness)
  }

  /// What was checked of an answer.
  ///
  /// - Throws: ``SolveError/unbalanced(_:)``.
  func soundness(
    _ flow: HeatFlow, _ applied: [Double], _ factored: ConductionSystem
  ) throws -> Soundness {
    let map = factored.system.map
    var balance: Double?
    // Equations pass heat between nodes; what they pass is no heat from outside.
    if map.combinations.isEmpty {
      balance = try structure.balance(flow, applied, map).checked {
        structure.conductedTerms(flow.temperature, conductivityAt: factored.temperature)
          + factored.films.terms(at: flow.temperature) + applied.reduce(0) { $0 + abs($1) }
      }
    }
    return factored.system.soundness(flow.refinement, balance: balance)
  }
}
