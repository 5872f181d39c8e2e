internal import FiniteElements
internal import Meshing
internal import NumericalMethods
internal import Parallelism

/// How far the stresses of a static solve are from the exact ones, judged by themselves after Zienkiewicz and Zhu.
///
/// Exact stresses are smooth inside a material, those of finite elements jump from cell to cell. A smooth stress is
/// recovered from the best points of the cells around every node, and what the cells' own stress differs from it is
/// taken for the error. Nothing is recovered across a change of material, of its axes or of thickness, where
/// stresses may jump in truth.
///
/// Where the solution is smooth the estimate is within a fifth of the true error for nearly all elements, and tends
/// to it as cells shrink (`Docs/ElementAccuracy.md` has the figures); at re-entrant
/// corners it shows where the error is rather than how large. It says nothing of errors in the model.
///
/// - Source: Zienkiewicz and Zhu, *The superconvergent patch recovery and a posteriori error estimates*, parts 1
///   and 2, International Journal for Numerical Methods in Engineering 33 (1992).
public struct ErrorEstimate: Sendable {
  /// Elastic energy of the error in every cell, counted through the blocks of the mesh.
  ///
  /// ½∫e : C⁻¹ e dV of the error e of the stress; a full turn's for axisymmetric cells.
  public let cellEnergy: [Double]
  /// Elastic energy of the error in all cells: half the square of its energy norm.
  public let energy: Double
  /// The energy norm of the error over that of the solution and the error together: 0 is exact, 1 knows nothing.
  ///
  /// A body whose stresses are round-off (no loads, free growth, a motion as a whole) has no error: 0, and ``energy`` 0. That is so
  /// below 10⁻¹⁰ of the stresses that its strains, or the displacements over the size of the cells, would make if they
  /// were restrained.
  public let relativeError: Double

  /// The energy norm of the error, ‖e‖² = ∫e : C⁻¹ e dV.
  public var norm: Double { (2 * energy).squareRoot() }

  /// Estimates the error of a static solution.
  ///
  /// - Parameters:
  ///   - model: The structure that was solved.
  ///   - solution: Its answer.
  ///   - temperature: Of every node, for elastic constants that depend on it; `nil` where the analysis knew none.
  ///   - options: Those it was solved with.
  /// - Throws: ``SolveError`` where the model could not have been solved.
  /// - Complexity: O(cells), about as much as two evaluations of all stresses.
  public init(
    _ model: ThermoElasticModel, _ solution: ElasticSolution, temperature: [Double]? = nil,
    options: SolveOptions = SolveOptions()
  ) throws {
    let structure = try Structure(model) { ElementTable.stiffness($0, options.elements) }
    precondition(
      solution.displacement.count == model.mesh.nodes.count,
      "\(solution.displacement.count) displacements for \(model.mesh.nodes.count) nodes")
    let recovered = RecoveredStress(structure, solution, temperature)
    var cellEnergy: [Double] = []
    // Energies of what stresses there are made of, without any cancelling: see `noise`.
    var (strained, restrained) = (0.0, 0.0)
    for (number, block) in structure.blocks.enumerated() {
      let reader = StressReader(structure, number, solution, temperature, .throughout(block.type))
      let compliances = structure.materials.map { $0.uniformElasticity.map { Compliance(of: $0) } }
      var energies = [SIMD4<Double>](repeating: .zero, count: block.count)
      energies.mutateChunksInParallel(ofLength: 64) { first, part in
        var scratch = StressReader.Scratch(reader)
        for place in 0..<part.count {
          let cell = first + place
          reader.read(cell, into: &scratch)
          let compliance =
            compliances[Int(block.materialOfCell[cell])] ?? Compliance(of: scratch.elasticity)
          let stiffness = scratch.elasticity.largestDiagonal
          for point in 0..<reader.points.count {
            var smooth = SymmetricTensor.zero
            for node in 0..<block.nodeCount {
              let slot = recovered.slots[number][cell * block.nodeCount + node]
              smooth =
                smooth
                + reader.points.shape[point * block.nodeCount + node] * recovered.stress[Int(slot)]
            }
            let state = scratch.states[point]
            part[place] +=
              state.volume / 2
              * SIMD4(
                compliance.energy(of: smooth - state.stress),
                (scratch.elasticity * state.strain).contracted(with: state.strain),
                stiffness * state.restrained * state.restrained, 0)
          }
        }
      }
      for energy in energies {
        cellEnergy.append(energy.x)
        strained += energy.y
        restrained += energy.z
      }
    }
    let energy = cellEnergy.reduce(0, +)
    let all = solution.strainEnergy + energy
    guard all > Self.noise * (strained + restrained) else {
      self.cellEnergy = cellEnergy.map { _ in 0 }
      (self.energy, relativeError) = (0, 0)
      return
    }
    self.cellEnergy = cellEnergy
    self.energy = energy
    relativeError = energy > Self.roundOff * strained ? (energy / all).squareRoot() : 0
  }

  /// The square of what relative errors stresses have from round-off.
  private static let roundOff = 1e-22

  /// The square of the stress below which a body has none, relative to the stresses that its strains would make if they were
  /// restrained.
  ///
  /// A body that grows freely or moves as a whole has stresses that are differences: E times the strain of the
  /// displacements less E times the thermal strain, and in the strain the displacements of a cell's nodes over its size. Such a difference
  /// keeps 10⁻¹⁶ of its terms, and more where equations are ill-conditioned: 10⁻¹⁵ in cells of good shape, 10⁻¹¹ in
  /// cells a hundred times as long as thick (C3D20R, CPE8R). Its own error estimate would be noise over noise, 68 % say. A
  /// cantilever 500 times as long as thick has 10⁻⁶.
  private static let noise = 1e-20
}

extension ElasticityMatrix {
  /// The largest stress in the direction of a unit strain.
  fileprivate var largestDiagonal: Double { (0..<6).reduce(0) { Swift.max($0, self[$1, $1]) } }
}
