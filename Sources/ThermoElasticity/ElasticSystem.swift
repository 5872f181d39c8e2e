internal import FiniteElements
internal import LinearAlgebra
internal import Meshing
internal import Parallelism

/// The stiffness of a structure, assembled and factored for a set of held displacements.
///
/// Any number of load cases that hold the same displacements share the factor.
public struct ElasticSystem: ~Copyable {
  let structure: Structure
  let map: UnknownMap
  let factor: CholeskyFactor
  private let stiffnessNorm: Double
  private let storedEntryCount: Int
  private let isHeld: [Bool]
  private let isSheetNode: [Bool]
  private let planeAxes: PlaneAxes
  /// The temperatures the stiffness was computed at; `nil` where the analysis knows none.
  public let temperature: [Double]?

  /// Assembles and factors.
  ///
  /// - Parameters:
  ///   - model: The structure.
  ///   - held: The displacements that load cases prescribe; values are not read.
  ///   - temperature: Of every node, for materials that depend on it; `nil` where the analysis knows none.
  /// - Throws: ``SolveError``: an inverted cell, a free body, contradictory constraints, a failed
  ///   factorization.
  /// - Complexity: Dominated by the factorization: about *n*² flops for *n* unknowns in three dimensions,
  ///   *n*^1.5 in two.
  public init(
    _ model: ThermoElasticModel, held: [PrescribedValue], temperature: [Double]? = nil
  ) throws {
    var structure = try Structure(mechanics: model)
    let planeAxes = try PlaneAxes(structure, held: held)
    structure.use(planeAxes.frames)
    let isSheetNode = structure.isSheetNode()
    var isHeld = [Bool](repeating: false, count: 3 * model.mesh.nodes.count)
    // Which unknowns are held does not depend on the values, and zeros contradict nothing.
    let places = held.map { PrescribedValue(node: $0.node, component: $0.component, value: 0) }
    for (slot, _) in try planeAxes.heldSlots(places, isSheetNode: isSheetNode) {
      isHeld[slot] = true
    }
    let equations = planeAxes.equations(
      model.constraints.filter { $0.terms.allSatisfy { $0.component < 3 } }, isHeld: isHeld)
    try structure.checkRigidMotion(isHeld: isHeld, equations: equations)
    let map: UnknownMap
    do {
      map = try UnknownMap(
        nodeCount: model.mesh.nodes.count, width: 3,
        heldSlots: isHeld.indices.filter { isHeld[$0] },
        equations: equations
      ) { [structure] visit in
        structure.forEachCellSlots(width: 3, axisCount: { $0.table.axisCount }, visit)
      }
    } catch let error as ConstraintError {
      throw SolveError.constraint(error.words(model.mesh.nodeLabels))
    }
    let matrix = try structure.assembled(
      map, axisCount: { $0.table.axisCount }, scratch: { CellScratch($0.table) }
    ) { [structure] block, cell, scratch, target in
      scratch.gatherNodes(block, cell, structure.nodes)
      scratch.gatherMaterial(
        structure, block, cell, temperature: temperature, wantsThermal: false)
      let material = structure.materials[Int(block.materialOfCell[cell])]
      return block.table.stiffness(
        nodes: scratch.nodes.span, elasticity: scratch.elasticity.span,
        thickness: material.thickness, into: &target)
    }
    let norm = matrix.infinityNorm
    guard norm.isFinite else { throw SolveError.notFinite("the stiffness") }
    let factor = try structure.factored(matrix, map)
    let reciprocal = factor.reciprocalCondition
    guard map.unknownCount == 0 || reciprocal > Self.smallestReciprocalCondition else {
      throw SolveError.illConditioned(reciprocalCondition: reciprocal)
    }
    self.structure = structure
    self.map = map.withoutPattern()
    self.isHeld = isHeld
    self.isSheetNode = isSheetNode
    self.planeAxes = planeAxes
    self.temperature = temperature
    self.factor = factor
    stiffnessNorm = norm
    storedEntryCount = matrix.pattern.entryCount
  }

  /// Below this the diagonal of the factor says that the stiffness is singular: a structure that can move
  /// shows 1e-14 to 1e-15 (Docs/Design.md §3).
  private static let smallestReciprocalCondition = 1e-14

  /// Solves for one load case.
  ///
  /// - Throws: ``SolveError`` where the loads are not finite or the answer fails a check.
  /// - Complexity: Two to four passes over the cells and as many back-substitutions as refinement takes.
  public borrowing func solve(_ loads: MechanicalLoads) throws -> ElasticSolution {
    var held = [Double](repeating: 0, count: map.slotCount)
    for (slot, value) in try planeAxes.heldSlots(loads.prescribed, isSheetNode: isSheetNode) {
      precondition(isHeld[slot], "a prescribed displacement that the system does not hold")
      held[slot] = value
    }
    var applied = try structure.appliedForces(loads)
    // What pushes a plane cell across its plane meets no motion.
    for node in planeAxes.isPlane.indices where planeAxes.isPlane[node] || isSheetNode[node] {
      applied[node].z = 0
    }
    var unknowns = [Double](repeating: 0, count: map.unknownCount)
    var last: ElasticResponse?
    // What the cells push at its largest, thermal stresses of the held structure included.
    var cellForceScale = 0.0
    let (structure, map, norm) = (self.structure, self.map, stiffnessNorm)
    let push = structure.components(of: applied).largest
    let refinement = try factor.refine(&unknowns, "the displacement") { unknowns in
      // One state in memory at a time.
      last = nil
      let state = structure.respond(
        to: structure.vectors(of: map.values(unknowns: unknowns, held: held)), loads.temperature)
      cellForceScale = max(cellForceScale, state.cellForceScale)
      last = state
      return (
        map.gathered(structure.components(of: subtract(applied, state.force))),
        norm * (unknowns.largest + held.largest) + push + cellForceScale
      )
    }
    guard var state = last else { preconditionFailure("no state") }
    last = nil
    // Forces of equations act between nodes that need not coincide: they add up to nothing only with their moments.
    let balance =
      map.combinations.isEmpty
      ? try balance(applied, state.force, state.displacement, loads.temperature) : nil
    // The change of thickness is not a displacement of the node, which stays in the plane.
    for node in state.displacement.indices where isSheetNode[node] {
      state.displacement[node].z = 0
      state.force[node].z = 0
    }
    return ElasticSolution(
      displacement: state.displacement,
      reaction: subtract(state.force, applied),
      internalForce: state.force,
      stress: state.stress, strain: state.strain, mechanicalStrain: state.mechanicalStrain,
      energyDensity: state.energyDensity, pointVolume: state.volume,
      strainEnergy: state.strainEnergy,
      soundness: Soundness(
        unknownCount: map.unknownCount, storedEntryCount: storedEntryCount,
        factorEntryCount: factor.entryCount, relativeResidual: refinement.residual,
        reactionBalance: balance, reciprocalCondition: factor.reciprocalCondition,
        refinementCount: refinement.count))
  }

  /// Loads against reactions.
  ///
  /// - Throws: ``SolveError/unbalanced(_:)``.
  borrowing func balance(
    _ applied: [SIMD3<Double>], _ force: [SIMD3<Double>], _ displacement: [SIMD3<Double>],
    _ temperature: [Double]?
  ) throws -> Double {
    let structure = self.structure
    return try structure.balance(applied, force, map).checked {
      structure.elasticTerms(displacement, temperature)
        + applied.reduce(0) { $0 + abs($1.x) + abs($1.y) + abs($1.z) }
    }
  }
}

extension Structure {
  /// Throws where a body is free to move.
  func checkRigidMotion(
    isHeld: [Bool], equations: [[(slot: Int, coefficient: Double)]]
  ) throws {
    let check = RigidMotionCheck(mesh: model.mesh)
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

  /// The factor of a matrix; an error says which node a failed pivot belongs to.
  func factored(_ matrix: borrowing SparseMatrix, _ map: UnknownMap) throws -> CholeskyFactor {
    do {
      return try CholeskyFactor(of: matrix)
    } catch {
      throw located(error, map)
    }
  }

  /// An error of a factorization with the node its column belongs to.
  func located(_ error: FactorizationError, _ map: UnknownMap) -> SolveError {
    guard case .notPositiveDefinite(let column) = error,
      let slot = map.unknownOfSlot.firstIndex(of: Int32(column))
    else { return .factorization(error, node: 0, degree: 0) }
    return .factorization(
      error, node: model.mesh.nodeLabels[slot / map.width], degree: slot % map.width + 1)
  }

  /// Loads and reactions: the largest component of the sum, and the absolute values added up.
  ///
  /// Only for structures without equations. Axisymmetric forces balance along the axis only.
  func balance(
    _ applied: [SIMD3<Double>], _ force: [SIMD3<Double>], _ map: UnknownMap
  ) -> Balance {
    var sum = SIMD3<Double>.zero
    var exchange = 0.0
    let components = self.components(of: force)
    for node in applied.indices {
      sum += applied[node]
      exchange += abs(applied[node].x) + abs(applied[node].y) + abs(applied[node].z)
      for axis in 0..<3 where map.unknownOfSlot[3 * node + axis] == UnknownMap.held {
        let direction = direction(node: node, component: axis)
        let reaction = components[3 * node + axis] - applied[node].dot(direction)
        sum += reaction * direction
        exchange += abs(reaction)
      }
    }
    if blocks.contains(where: { $0.type.theory == .axisymmetric }) { sum.x = 0 }
    return Balance(sum: max(abs(sum.x), abs(sum.y), abs(sum.z)), exchange: exchange)
  }

  /// The absolute values of what each displacement of a cell's nodes pushes with on each other, and of what its thermal
  /// stresses push with, added up over the cells.
  func elasticTerms(_ displacement: [SIMD3<Double>], _ temperature: [Double]?) -> Double {
    var total = 0.0
    for block in blocks {
      let (table, axes) = (block.table, block.table.axisCount)
      let size = block.nodeCount * axes
      var sums = [Double](repeating: 0, count: block.count)
      sums.mutateChunksInParallel(ofLength: 16) { first, part in
        var scratch = CellScratch(table)
        var matrix = [Double](repeating: 0, count: size * size)
        var forces = [SIMD3<Double>](repeating: .zero, count: block.nodeCount)
        let rest = forces
        for place in 0..<part.count {
          let cell = first + place
          let thickness = materials[Int(block.materialOfCell[cell])].thickness
          scratch.gatherNodes(block, cell, nodes)
          scratch.gatherDisplacements(block, cell, displacement)
          scratch.gatherMaterial(self, block, cell, temperature: temperature, wantsThermal: true)
          var entries = matrix.mutableSpan
          _ = table.stiffness(
            nodes: scratch.nodes.span, elasticity: scratch.elasticity.span, thickness: thickness,
            into: &entries)
          for entry in matrix.indices {
            let column = entry % size
            part[place] += abs(matrix[entry] * scratch.displacements[column / axes][column % axes])
          }
          var pushes = forces.mutableSpan
          table.internalForce(
            nodes: scratch.nodes.span, displacements: rest.span,
            elasticity: scratch.elasticity.span, stress: scratch.thermalStress.span,
            thickness: thickness, into: &pushes)
          for force in forces { part[place] += abs(force.x) + abs(force.y) + abs(force.z) }
        }
      }
      for sum in sums { total += sum }
    }
    return total
  }
}

extension ConstraintError {
  /// The contradiction in words, with the numbers of the file.
  func words(_ labels: [Int]) -> String {
    switch self {
    case .eliminatedTwice(let node, let component):
      "direction \(component + 1) of node \(labels[node]) is the first term of two equations; "
        + "make another term the first in one of them"
    case .heldAndEliminated(let node, let component):
      "direction \(component + 1) of node \(labels[node]) is prescribed and the first term of an equation; "
        + "make another term the first, or drop one of them"
    case .cyclic(let node, let component):
      "the equation for direction \(component + 1) of node \(labels[node]) depends on itself"
    }
  }
}

extension [Double] {
  /// The largest absolute value; NaN where there is one.
  var largest: Double {
    var result = 0.0
    for value in self {
      let size = abs(value)
      if !(size <= result) { result = size }
      if size.isNaN { return .nan }
    }
    return result
  }
}

/// Component by component, node by node.
func subtract(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> [SIMD3<Double>] {
  var result = a
  for index in result.indices { result[index] -= b[index] }
  return result
}
