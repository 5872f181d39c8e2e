internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import Parallelism

/// The stiffness of a structure, assembled and factored for a set of held displacements.
///
/// Any number of load cases that hold the same displacements share the factor.
public struct ElasticSystem: ~Copyable {
  let structure: Structure
  let system: LinearSystem
  private let isHeld: [Bool]
  private let isSheetNode: [Bool]
  private let planeAxes: PlaneAxes
  /// ``structure`` and ``system`` have them behind the nodes of the model.
  let copies: SheetCopies
  /// Whether the model ties nodes by equations.
  private let hasEquations: Bool
  /// The temperatures the stiffness was computed at; `nil` where the analysis knows none.
  public let temperature: [Double]?

  /// Assembles and factors.
  ///
  /// - Parameters:
  ///   - model: The structure.
  ///   - held: The displacements that load cases prescribe; values are not read.
  ///   - temperature: Of every node, for materials that depend on it; `nil` where the analysis knows none.
  ///   - announce: Told what the factor will take before it is made.
  /// - Throws: ``SolveError``: an inverted cell, a free body, contradictory constraints, a failed
  ///   factorization.
  /// - Complexity: Dominated by the factorization: about *n*² flops for *n* unknowns in three dimensions,
  ///   *n*^1.5 in two.
  public init(
    _ model: ThermoElasticModel, held: [PrescribedValue], temperature: [Double]? = nil,
    options: SolveOptions = SolveOptions(), announce: ((LinearSystemSize) -> Void)? = nil
  ) throws {
    let copies = SheetCopies(model, options.planeStress)
    var structure = try Structure(mechanics: copies.extended(model), options)
    let planeAxes = try PlaneAxes(structure, held: held)
    structure.use(planeAxes.frames)
    let isSheetNode = structure.isSheetNode()
    var isHeld = [Bool](repeating: false, count: 3 * structure.nodes.count)
    // Which unknowns are held does not depend on the values, and zeros contradict nothing.
    let places = held.map { PrescribedValue(node: $0.node, component: $0.component, value: 0) }
    for (slot, _) in try planeAxes.heldSlots(places, isSheetNode: isSheetNode) {
      isHeld[slot] = true
    }
    let equations = planeAxes.equations(
      model.constraints.filter { $0.terms.allSatisfy { $0.component < 3 } }, isHeld: isHeld)
    try structure.checkRigidMotion(of: model.mesh, isHeld: isHeld, equations: equations)
    let system = try LinearSystem(
      structure, width: 3, held: isHeld.indices.filter { isHeld[$0] },
      equations: equations + copies.equations(structure), options, announce: announce)
    try system.use(
      structure.stiffness(system.map, at: temperature.map(copies.extended)), "the stiffness")
    system.dropPattern()
    guard
      system.map.unknownCount == 0
        || system.reciprocalCondition > Self.smallestReciprocalCondition
    else {
      throw SolveError.illConditioned(reciprocalCondition: system.reciprocalCondition)
    }
    self.structure = structure
    self.system = system
    self.isHeld = isHeld
    self.isSheetNode = isSheetNode
    self.planeAxes = planeAxes
    self.copies = copies
    hasEquations = !equations.isEmpty
    self.temperature = temperature
  }

  /// Below this the solver's bound says that the stiffness is singular: the factor of a structure that can move
  /// shows 1e-14 to 1e-15 (Docs/Design.md §3).
  private static let smallestReciprocalCondition = 1e-14

  /// Solves for one load case.
  ///
  /// - Throws: ``SolveError`` where the loads are not finite or the answer fails a check.
  /// - Complexity: Two to four passes over the cells and as many back-substitutions as refinement takes.
  public borrowing func solve(_ loads: MechanicalLoads) throws -> ElasticSolution {
    let (structure, map, norm) = (self.structure, system.map, system.norm)
    var loads = loads
    loads.temperature = loads.temperature.map(copies.extended)
    let temperature = loads.temperature
    var held = [Double](repeating: 0, count: map.slotCount)
    for (slot, value) in try planeAxes.heldSlots(loads.prescribed, isSheetNode: isSheetNode) {
      precondition(isHeld[slot], "a prescribed displacement that the system does not hold")
      held[slot] = value
    }
    var applied = try structure.appliedForces(loads)
    // What pushes a plane cell across its plane meets no motion; sheets are pushed apart.
    for node in planeAxes.isPlane.indices where planeAxes.isPlane[node] != isSheetNode[node] {
      applied[node].z = 0
    }
    var last: ElasticResponse?
    // What the cells push at its largest, thermal stresses of the held structure included.
    var cellForceScale = 0.0
    let push = structure.components(of: applied).largest
    let refinement = try system.solve("the displacement") { unknowns in
      // One state in memory at a time.
      last = nil
      let state = structure.respond(
        to: structure.vectors(of: map.values(unknowns: unknowns, held: held)), temperature)
      cellForceScale = max(cellForceScale, state.cellForceScale)
      last = state
      return (
        map.gathered(structure.components(of: subtract(applied, state.force))),
        norm * (unknowns.largest + held.largest) + push + cellForceScale
      )
    }
    guard var state = last else { preconditionFailure("no state") }
    last = nil
    // What pushes a sheet apart pushes as much to one side as to the other.
    for node in applied.indices where isSheetNode[node] && applied[node].z != 0 {
      (applied[node].z, state.force[node].z) = (0, 0)
    }
    let pushes = copies.gathered(applied)
    var force = copies.gathered(state.force)
    // Forces of equations act between nodes that need not coincide: they add up to nothing only with their moments.
    let balance =
      hasEquations
      ? nil : try balance(pushes, force, state.displacement, temperature)
    // The change of thickness is not a displacement of the node, which stays in the plane.
    var growth: [Double] = []
    for node in state.displacement.indices where isSheetNode[node] {
      if growth.isEmpty { growth = Array(repeating: 0, count: state.displacement.count) }
      growth[node] = 2 * state.displacement[node].z
      state.displacement[node].z = 0
      if node < force.count { force[node].z = 0 }
    }
    return ElasticSolution(
      displacement: copies.ofNodes(state.displacement),
      thicknessGrowth: copies.thicknessGrowth(growth),
      reaction: subtract(force, pushes), internalForce: force,
      stress: state.stress, strain: state.strain, mechanicalStrain: state.mechanicalStrain,
      energyDensity: state.energyDensity, pointVolume: state.volume,
      strainEnergy: state.strainEnergy,
      soundness: system.soundness(refinement, balance: balance))
  }
}

extension Structure {
  /// The stiffness of all cells, with elastic constants at the given temperatures.
  ///
  /// - Throws: ``SolveError`` where a cell is inverted.
  fileprivate func stiffness(_ map: UnknownMap, at temperature: [Double]?) throws -> SparseMatrix {
    try assembled(map, scratch: { CellScratch($0.table) }) { block, cell, scratch, target in
      scratch.gatherNodes(block, cell, nodes)
      scratch.gatherMaterial(self, block, cell, temperature: temperature, wantsThermal: false)
      let material = materials[Int(block.materialOfCell[cell])]
      return block.table.stiffness(
        nodes: scratch.nodes.span, elasticity: scratch.elasticity.span,
        thickness: material.thickness, into: &target)
    }
  }

  /// Throws where a body is free to move.
  ///
  /// - Parameter mesh: Of the model, in which sheets of unequal thickness share their nodes.
  func checkRigidMotion(
    of mesh: Mesh, isHeld: [Bool], equations: [[(slot: Int, coefficient: Double)]]
  ) throws {
    let check = RigidMotionCheck(mesh: mesh)
    var rows: [RigidMotionCheck.Row] = []
    for slot in isHeld.indices where isHeld[slot] {
      rows.append([(slot / 3, direction(node: slot / 3, component: slot % 3))])
    }
    for equation in equations {
      rows.append(
        equation.map {
          ($0.slot / 3, $0.coefficient * direction(node: $0.slot / 3, component: $0.slot % 3))
        })
    }
    let motions = check.freeMotions(under: rows)
    if !motions.isEmpty { throw SolveError.rigidMotions(motions) }
  }
}

/// Component by component, node by node.
func subtract(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> [SIMD3<Double>] {
  var result = a
  for index in result.indices { result[index] -= b[index] }
  return result
}
