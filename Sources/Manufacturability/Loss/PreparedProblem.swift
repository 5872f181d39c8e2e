internal import BatchLinearAlgebra
internal import DesignProblem
internal import LinearAlgebra

/// A problem made ready: regions looked up, forces summed, terms bound to what they read. Shared by all threads.
final class PreparedProblem: Sendable {
  let problem: ManufacturabilityProblem
  let pipeline: DesignPipeline
  /// The grid's displacements and temperatures.
  let displacement: GridOperator
  let conduction: GridOperator
  /// Held displacements, ascending.
  let heldDisplacements: [Int]
  /// Forces without temperature, `[case][unknown]`; zeros in the case of temperatures alone, which is last where there is one.
  let forces: [[Double]]
  /// Whether temperatures act, by case.
  let warmCases: [Bool]
  /// The case of temperatures alone, where terms need it.
  let thermalCase: Int?
  /// Whether a term reads the stresses of a case.
  let readsStress: [Bool]
  /// Nodal heat, and known temperatures.
  let heat: [Double]
  let knownTemperatures: [(vertex: Int, temperature: Double)]
  /// The film of each cooled side of the border: its cell in ``conduction`` and its place in the problem.
  let filmedSides: [(cell: Int, film: Int)]
  /// Of periodic cells: the mean stresses under which terms read stresses.
  let cellStresses: [[Double]]
  /// Terms in the problem's order.
  let evaluators: [any TermEvaluator]
  /// Where each load acts: nodes and their shares of the force, `[case][load]`.
  let loadShares: [[[(vertex: Int, share: Double)]]]
  let solvesDisplacements, solvesTemperature, isCell, cellConducts, cellStrains: Bool

  init(_ given: ManufacturabilityProblem) throws(ProblemFaults) {
    let faults = given.faults()
    guard faults.isEmpty else { throw ProblemFaults(faults) }
    var problem = given
    problem.solids.sort { $0.index < $1.index }
    self.problem = problem
    let grid = problem.grid
    let isPeriodic = problem.isPeriodic
    isCell = isPeriodic
    pipeline = DesignPipeline(problem, isPeriodic: isPeriodic)
    displacement = .shared(grid, .displacement, isPeriodic: isPeriodic)
    let films = isPeriodic ? [] : problem.heat?.films ?? []
    conduction = .shared(
      grid, .temperature, isPeriodic: isPeriodic, hasFilms: !films.isEmpty)
    let axes = grid.axisCount

    let measures = problem.terms.map(\.measure)
    let rows = measures.map(\.row)
    solvesDisplacements = problem.needsStructure
    solvesTemperature =
      problem.heat != nil
      && (problem.needsStructure && problem.heat?.deforms == true
        || rows.contains { $0.solve == .conduction })
    cellConducts = rows.contains { $0.solve == .cellConduction }
    cellStrains = rows.contains { $0.solve == .cellStrain }

    if isPeriodic {
      heldDisplacements = Array(0..<axes)
      knownTemperatures = [(0, 0)]
    } else {
      var held = Set<Int>()
      for support in problem.supports {
        for node in grid.nodes(in: support.region) {
          for axis in support.axes { held.insert(node * axes + axis.index) }
        }
      }
      heldDisplacements = held.sorted()
      var known: [Int: Double] = [:]
      for sink in problem.heat?.sinks ?? [] {
        for node in grid.nodes(in: sink.region) { known[node] = sink.temperature }
      }
      knownTemperatures = known.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    let shares = problem.loadCases.map { $0.loads.map { grid.shares(of: $0) } }
    loadShares = shares
    var forces = zip(problem.loadCases, shares).map { loadCase, shares in
      var force = [Double](repeating: 0, count: grid.nodeCount * axes)
      for (load, nodes) in zip(loadCase.loads, shares) {
        for (node, share) in nodes {
          for axis in 0..<axes { force[node * axes + axis] += share * load.force[axis] }
        }
      }
      return force
    }
    var warmCases = problem.loadCases.map { $0.isWarm && problem.isWarmed }
    if rows.contains(where: \.isOfTemperaturesAlone) {
      thermalCase = forces.count
      forces.append([Double](repeating: 0, count: grid.nodeCount * axes))
      warmCases.append(true)
    } else {
      thermalCase = nil
    }
    let names = problem.loadCases.map(\.name)
    let thermalCase = thermalCase
    readsStress = forces.indices.map { place in
      zip(measures, rows).contains { measure, row in
        guard row.readsStress else { return false }
        return row.isOfTemperaturesAlone
          ? place == thermalCase
          : place < names.count && measure.cases?.contains(names[place]) != false
      }
    }
    self.forces = forces
    self.warmCases = warmCases
    var heat = [Double](repeating: 0, count: conduction.vertexCount)
    for source in problem.heat?.sources ?? [] where !isPeriodic {
      let nodes = grid.nodes(in: source.region)
      for node in nodes { heat[node] += source.power / Double(nodes.count) }
    }
    // h T∞ ∫N over a side gives each of its corners the same part.
    let sides = films.isEmpty ? [] : grid.borderSides
    var filmed: [(cell: Int, film: Int)] = []
    for (place, film) in films.enumerated() {
      for side in grid.borderSides(in: film.region, of: sides) {
        filmed.append((grid.elementCount + side, place))
        for corner in sides[side].prefix(grid.sideCornerCount) {
          heat[corner] +=
            film.coefficient * film.ambient * grid.sideArea / Double(grid.sideCornerCount)
        }
      }
    }
    filmedSides = filmed
    self.heat = heat
    cellStresses = problem.cellStresses
    let context = TermContext(problem: problem, thermalCase: thermalCase ?? 0)
    evaluators = problem.terms.map { context.evaluator(of: $0.measure) }
  }

  func isWarm(_ loadCase: Int) -> Bool { !isCell && warmCases[loadCase] }
  /// Whether the temperatures of conduction strain the structure.
  var conductionDeforms: Bool { problem.heat?.deforms == true }

  /// Why a design cannot be evaluated, before anything is solved.
  func fault(of design: [Double]) -> DesignFault? {
    guard design.count == problem.designCount else {
      return .wrongCount(found: design.count, expected: problem.designCount)
    }
    let grid = problem.grid
    if let place = design.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      let element = place % grid.elementCount
      let row = element / grid.columns
      return .notADensity(
        value: design[place], image: place / grid.elementCount, row: row % grid.rows,
        column: element % grid.columns, layer: grid.isPlane ? nil : row / grid.rows)
    }
    return nil
  }

  /// The first load that acts on elements of density 0 alone.
  func loadOnVoid(_ fields: MaterialFields) -> DesignFault? {
    guard problem.matrix == nil, solvesDisplacements, !loadShares.isEmpty,
      fields.density.contains(0)
    else { return nil }
    var isMaterial = [Bool](repeating: false, count: displacement.vertexCount)
    let (unknowns, size, width) = (
      displacement.elements.unknowns, displacement.elements.size, displacement.width
    )
    for element in fields.density.indices where fields.density[element] > 0 {
      for place in stride(from: 0, to: size, by: width) {
        isMaterial[Int(unknowns[element * size + place]) / width] = true
      }
    }
    for (loadCase, loads) in zip(problem.loadCases, loadShares) {
      for (order, nodes) in loads.enumerated()
      where !nodes.contains(where: { isMaterial[$0.vertex] }) {
        return .loadOnVoid(loadCase: loadCase.name, load: order)
      }
    }
    return nil
  }
}

extension DesignGrid {
  /// The nodes of a load's region and their shares, which sum up to 1.
  func shares(of load: MechanicalLoad) -> [(vertex: Int, share: Double)] {
    let nodes = self.nodes(in: load.region)
    guard load.sharing == .uniform else { return nodes.map { ($0, 1 / Double(nodes.count)) } }
    // Each element side whose corners all belong to the region gives each corner the same part: a linear side's ∫N.
    let sides = borderSides
    let chosen = borderSides(in: load.region, of: sides)
    guard !chosen.isEmpty else { return nodes.map { ($0, 1 / Double(nodes.count)) } }
    var counts: [Int: Int] = [:]
    for side in chosen {
      for corner in sides[side].prefix(sideCornerCount) { counts[corner, default: 0] += 1 }
    }
    let cornerCount = Double(chosen.count * sideCornerCount)
    return nodes.compactMap { node in counts[node].map { (node, Double($0) / cornerCount) } }
  }
}
