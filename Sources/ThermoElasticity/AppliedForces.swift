internal import FiniteElements
internal import Meshing
internal import NumericalMethods

extension Structure {
  /// Nodal forces, in global axes, of everything that pushes: concentrated, on sides and in the volume.
  func appliedForces(_ loads: MechanicalLoads) throws -> [SIMD3<Double>] {
    var forces = [SIMD3<Double>](repeating: .zero, count: nodes.count)
    for force in loads.forces {
      forces[Int(force.node)] +=
        force.value * forceDirection(node: Int(force.node), component: force.component)
    }
    for load in loads.pressures {
      addSide(load.facet, &forces) { table, nodes, thickness, target in
        table.pressureForce(
          nodes: nodes, pressure: load.pressure, thickness: thickness, into: &target)
      }
    }
    for load in loads.tractions {
      addSide(load.facet, &forces) { table, nodes, thickness, target in
        table.tractionForce(
          nodes: nodes, traction: load.traction, thickness: thickness, into: &target)
      }
    }
    // Forces in the volume of a sheet push its faces apart; those on nodes and sides do not.
    if blocks.contains(where: \.isSheet) {
      for (node, isOfSheet) in isSheetNode().enumerated() where isOfSheet { forces[node].z = 0 }
    }
    for load in loads.accelerations {
      addBody(load.cells, loads.temperature, &forces) { _, density in density * load.acceleration }
    }
    for load in loads.rotations {
      addBody(load.cells, loads.temperature, &forces) { position, density in
        let arm = position - load.point
        return density * load.speedSquared * (arm - load.axis * arm.dot(load.axis))
      }
    }
    for node in forces.indices {
      let force = forces[node]
      guard (force.x + force.y + force.z).isFinite else {
        throw SolveError.notFinite("the load on node \(model.mesh.nodeLabels[node])")
      }
    }
    return forces
  }

  /// The block and the place in it of a cell.
  func place(of cell: Int) -> (block: Block, index: Int) {
    let (block, index) = blockIndex.place(of: cell)
    return (blocks[block], index)
  }

  /// Adds what one side receives to its nodes.
  private func addSide(
    _ facet: Facet, _ forces: inout [SIMD3<Double>],
    _ load: (SideTable, Span<SIMD3<Double>>, Double, inout MutableSpan<SIMD3<Double>>) -> Void
  ) {
    let (block, index) = place(of: Int(facet.cell))
    let table = SideTable.side(Int(facet.side), of: block.type)
    let members = sideNodes(facet)
    let positions = members.map { nodes[$0] }
    var shares = [SIMD3<Double>](repeating: .zero, count: members.count)
    var span = shares.mutableSpan
    load(
      table, positions.span, materials[Int(block.materialOfCell[index])].thickness, &span)
    for (place, node) in members.enumerated() { forces[node] += shares[place] }
  }

  /// The nodes of a side of a cell.
  func sideNodes(_ facet: Facet) -> [Int] {
    let (block, index) = place(of: Int(facet.cell))
    return block.type.shape.sides[Int(facet.side)].map {
      Int(block.connectivity[index * block.nodeCount + $0])
    }
  }

  /// Adds a force per volume that depends on place and density.
  private func addBody(
    _ cells: [Int32], _ temperature: [Double]?, _ forces: inout [SIMD3<Double>],
    _ forceDensity: (SIMD3<Double>, Double) -> SIMD3<Double>
  ) {
    for cell in cells {
      let (block, index) = place(of: Int(cell))
      let material = materials[Int(block.materialOfCell[index])]
      guard let curve = material.material.density else { continue }
      var scratch = CellScratch(block.table)
      scratch.gatherNodes(block, index, nodes)
      var positions = [SIMD3<Double>](repeating: .zero, count: block.table.pointCount)
      var positionSpan = positions.mutableSpan
      block.table.pointPositions(
        nodes: scratch.nodes.span, thickness: material.thickness, into: &positionSpan)
      let first = index * block.nodeCount
      // Of C3D8I CalculiX takes the stiffness at one temperature per cell and the density at that of the point.
      let hasBubbles = block.type.traits.formulation == .incompatibleModes
      let shares = hasBubbles ? block.table.shape : block.table.temperatureShape
      let density = positions.indices.map { point in
        var value = -Double.infinity
        if let temperature {
          value = 0
          for node in 0..<block.nodeCount {
            value +=
              shares[point * block.nodeCount + node]
              * temperature[Int(block.connectivity[first + node])]
          }
        }
        return forceDensity(positions[point], curve.value(at: value))
      }
      var pushes = [SIMD3<Double>](repeating: .zero, count: block.nodeCount)
      var span = pushes.mutableSpan
      block.table.bodyForce(
        nodes: scratch.nodes.span, density: density.span, thickness: material.thickness,
        into: &span)
      for node in 0..<block.nodeCount {
        forces[Int(block.connectivity[first + node])] += pushes[node]
      }
    }
  }
}
