internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import NumericalMethods

/// Steady heat conduction in a structure.
public struct HeatSystem: ~Copyable {
  private let structure: Structure
  private let pieces: MeshPieces
  private let equations: [UnknownMap.Equation]

  /// Prepares a structure for heat solves.
  ///
  /// - Throws: ``SolveError`` where a block has no element type or a cell no section.
  public init(_ model: ThermoElasticModel) throws {
    structure = try Structure(model) { ElementTable.conductivity($0, model.elements) }
    pieces = MeshPieces(model.mesh)
    equations = model.constraints.filter { $0.terms.allSatisfy { $0.component == 3 } }
      .map { $0.terms.map { (Int($0.node), $0.coefficient) } }
  }

  /// Solves for one load case; conductivities that depend on temperature are iterated to rest.
  ///
  /// - Parameter guess: Temperatures to start from where conductivities depend on them.
  /// - Throws: ``SolveError``: a body without any temperature, an inverted cell, a failed factorization.
  public borrowing func solve(_ loads: ThermalLoads, guess: [Double]? = nil) throws -> HeatSolution
  {
    var temperature = guess ?? structure.model.initialTemperature
    let map = try unknownMap(loads)
    let isLinear = structure.materials.allSatisfy { $0.material.conductivity?.isConstant ?? true }
    let range = { (values: [Double]) in (values.max() ?? 0) - (values.min() ?? 0) }
    for iteration in 1...Self.largestIterationCount {
      let solution = try linearSolve(loads, map, at: temperature)
      let change = zip(solution.temperature, temperature).reduce(0) { max($0, abs($1.0 - $1.1)) }
      temperature = solution.temperature
      let scale = max(range(temperature), temperature.largest * 1e-6)
      if isLinear || change <= Self.settledChange * scale { return solution }
      if iteration == Self.largestIterationCount {
        throw SolveError.notConverged(iterations: iteration, change: change / scale)
      }
    }
    preconditionFailure("the loop returns or throws")
  }

  private static let largestIterationCount = 60
  private static let settledChange = 1e-10

  private borrowing func unknownMap(_ loads: ThermalLoads) throws -> UnknownMap {
    var isAnchored = [Bool](repeating: false, count: pieces.count)
    for value in loads.prescribed {
      if let piece = pieces.piece(ofNode: Int(value.node)) { isAnchored[piece] = true }
    }
    for film in loads.films where film.coefficient != 0 {
      if let piece = pieces.piece(ofNode: structure.sideNodes(film.facet)[0]) {
        isAnchored[piece] = true
      }
    }
    // Warmth spreads through shared nodes and through equations.
    var joined = UnionFind(count: pieces.count)
    for shared in pieces.sharedNodes {
      for piece in shared.pieces { joined.join(Int(shared.pieces[0]), Int(piece)) }
    }
    for equation in equations {
      let touched = equation.compactMap { pieces.piece(ofNode: $0.slot) }
      for piece in touched { joined.join(touched[0], piece) }
    }
    let anchoredRoots = Set(
      (0..<pieces.count).filter { isAnchored[$0] }.map { joined.root(of: $0) })
    for piece in 0..<pieces.count where !anchoredRoots.contains(joined.root(of: piece)) {
      throw SolveError.floatingTemperature(body: pieces.name(of: piece, in: structure.model.mesh))
    }
    do {
      return try UnknownMap(
        nodeCount: structure.nodes.count, width: 1,
        heldSlots: loads.prescribed.map { Int($0.node) },
        equations: equations
      ) { visit in structure.forEachCellSlots(width: 1, axisCount: { _ in 1 }, visit) }
    } catch let error as ConstraintError {
      throw SolveError.constraint(error.words(structure.model.mesh.nodeLabels))
    }
  }

  /// One solve with conductivities at the given temperatures.
  private borrowing func linearSolve(
    _ loads: ThermalLoads, _ map: UnknownMap, at temperature: [Double]
  ) throws -> HeatSolution {
    let structure = self.structure
    var matrix = try structure.assembled(map, axisCount: { _ in 1 }) { block, cell, _, target in
      var scratch = HeatScratch(block.table)
      scratch.gather(structure, block, cell, temperature)
      return block.table.conductivity(
        nodes: scratch.nodes.span, conductivity: scratch.conductivity.span,
        thickness: scratch.thickness, into: &target)
    }
    var applied = [Double](repeating: 0, count: map.slotCount)
    for flow in loads.flows { applied[Int(flow.node)] += flow.power }
    for flux in loads.fluxes {
      structure.addSource(flux.facet, density: flux.flux, to: &applied)
    }
    for source in loads.sources { structure.addSource(source.cells, source.power, to: &applied) }
    let films = structure.filmMatrices(loads.films)
    for film in films {
      structure.addFilm(film, map, to: &matrix)
      for (place, node) in film.nodes.enumerated() { applied[node] += film.load[place] }
    }
    for node in applied.indices where !applied[node].isFinite {
      throw SolveError.notFinite("the heat on node \(structure.model.mesh.nodeLabels[node])")
    }
    var held = [Double](repeating: 0, count: map.slotCount)
    for value in loads.prescribed { held[Int(value.node)] = value.value }
    let norm = matrix.infinityNorm
    guard norm.isFinite else { throw SolveError.notFinite("the conductivity") }
    let factor = try structure.factored(matrix, map)

    var unknowns = [Double](repeating: 0, count: map.unknownCount)
    var values = map.values(unknowns: unknowns, held: held)
    var outflow = structure.conductedFlow(values, conductivityAt: temperature, films)
    var refinements = -1
    var residual = 0.0
    while true {
      var imbalance = applied
      for slot in imbalance.indices { imbalance[slot] -= outflow[slot] }
      let force = map.gathered(imbalance)
      if refinements >= 0 {
        let scale = norm * values.largest + applied.largest
        residual = scale > 0 ? force.largest / scale : 0
        guard residual.isFinite else { throw SolveError.notFinite("the temperature") }
        if residual <= 1e-12 || refinements == 2 { break }
      }
      let step = try factor.solve(force)
      for index in unknowns.indices { unknowns[index] += step[index] }
      refinements += 1
      values = map.values(unknowns: unknowns, held: held)
      outflow = structure.conductedFlow(values, conductivityAt: temperature, films)
    }
    guard residual <= 1e-12 else { throw SolveError.residual(residual) }
    let balance = heatImbalance(outflow, applied, map)
    if let balance, !(balance <= 1e-6) { throw SolveError.unbalanced(balance) }
    var reaction = outflow
    for slot in reaction.indices { reaction[slot] -= applied[slot] }
    // What is conducted into the cells alone: film exchange counts as coming from outside.
    let conducted = structure.conductedFlow(values, conductivityAt: temperature, [])
    let (flux, volume) = structure.heatFlux(values, conductivityAt: temperature)
    return HeatSolution(
      temperature: values, reaction: reaction, conductedFlow: conducted, heatFlux: flux,
      pointVolume: volume,
      soundness: Soundness(
        unknownCount: map.unknownCount, storedEntryCount: map.pattern.entryCount,
        factorEntryCount: factor.entryCount, relativeResidual: residual,
        reactionBalance: balance, reciprocalCondition: factor.reciprocalCondition,
        refinementCount: refinements))
  }

  /// |heat in + heat out| over the larger of both.
  private borrowing func heatImbalance(
    _ outflow: [Double], _ applied: [Double], _ map: UnknownMap
  ) -> Double? {
    guard map.combinations.isEmpty else { return nil }
    var sum = 0.0
    var size = 0.0
    for slot in outflow.indices where map.unknownOfSlot[slot] >= 0 {
      sum += outflow[slot] - applied[slot]
    }
    for slot in outflow.indices { size += abs(outflow[slot]) }
    return size > 0 ? abs(sum) / size : 0
  }
}
