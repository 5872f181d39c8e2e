internal import FiniteElements
internal import Meshing
internal import Parallelism

extension ElasticSystem {
  /// Loads against reactions.
  ///
  /// - Throws: ``SolveError/unbalanced(_:)``.
  borrowing func balance(
    _ applied: [SIMD3<Double>], _ force: [SIMD3<Double>], _ displacement: [SIMD3<Double>],
    _ temperature: [Double]?
  ) throws -> Double {
    let structure = self.structure
    return try structure.balance(applied, force, system.map).checked {
      structure.elasticTerms(displacement, temperature)
        + applied.reduce(0) { $0 + abs($1.x) + abs($1.y) + abs($1.z) }
    }
  }
}

extension Structure {
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
        let noDisplacements = forces
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
            nodes: scratch.nodes.span, displacements: noDisplacements.span,
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
