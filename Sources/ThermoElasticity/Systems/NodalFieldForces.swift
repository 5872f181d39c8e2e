internal import FiniteElements
internal import Meshing
internal import NumericalMethods

extension ElasticSystem {
  /// The nodal forces of a solution as CalculiX prints them.
  ///
  /// They are the internal forces, but for axisymmetric cells: of those CalculiX prints the sum over the copies of
  /// a node in one wedge of two degrees. Its radial part is not the work per change of radius, since the
  /// hoop stress on the sides of the wedge is in it. Those of plane strain have a part across the plane, where the
  /// material couples it with the plane.
  ///
  /// - Parameters:
  ///   - solution: A solution of this system.
  ///   - temperature: Of every node, as in the load case; `nil` where the analysis knows none.
  /// - Returns: One vector per node, in global axes.
  public borrowing func printedForce(
    of solution: ElasticSolution, temperature: [Double]?
  ) -> [SIMD3<Double>] {
    let isOwn = structure.blocks.enumerated().contains { number, block in
      switch block.type.theory {
      case .axisymmetric: true
      case .planeStrain:
        solution.stress.blocks[number].values.contains { $0.xz != 0 || $0.yz != 0 }
      default: false
      }
    }
    guard isOwn else { return solution.internalForce }
    let displacement = copies.extended(solution.displacement)
    let temperature = temperature.map(copies.extended)
    var result = [SIMD3<Double>](repeating: .zero, count: structure.nodes.count)
    for (number, block) in structure.blocks.enumerated() {
      var scratch = CellScratch(block.table)
      var shares = [SIMD3<Double>](repeating: .zero, count: block.nodeCount)
      let stresses = solution.stress.blocks[number]
      for cell in 0..<block.count {
        scratch.gatherNodes(block, cell, structure.nodes)
        scratch.gatherDisplacements(block, cell, displacement)
        scratch.gatherMaterial(
          structure, block, cell, temperature: temperature, wantsThermal: false)
        var target = shares.mutableSpan
        block.table.printedForce(
          nodes: scratch.nodes.span, displacements: scratch.displacements.span,
          elasticity: scratch.elasticity.span, stress: Array(stresses[cell: cell]).span,
          thickness: structure.materials[Int(block.materialOfCell[cell])].thickness, into: &target)
        for node in 0..<block.nodeCount {
          result[Int(block.connectivity[cell * block.nodeCount + node])] += shares[node]
        }
      }
    }
    return copies.gathered(result)
  }
}
