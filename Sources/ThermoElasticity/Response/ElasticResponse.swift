internal import FiniteElements
internal import Glibc
internal import Meshing
internal import NumericalMethods
internal import Parallelism

/// Stresses and nodal forces of a structure whose nodes moved in a given way.
struct ElasticResponse {
  var displacement: [SIMD3<Double>]
  var force: [SIMD3<Double>]
  var stress: PointField<SymmetricTensor>
  var strain: PointField<SymmetricTensor>
  var mechanicalStrain: PointField<SymmetricTensor>
  var energyDensity: PointField<Double>
  var volume: PointField<Double>
  var strainEnergy: Double
  /// The largest force of a cell on a node: what cancels where a body is free.
  var cellForceScale: Double
  /// What the points remember once the increment is accepted; `nil` where none was given at its start.
  var states: MaterialStates?
}

extension Structure {
  /// The stresses, and the nodal forces that are in equilibrium with them: ∫Bᵀσ dV.
  ///
  /// - Parameters:
  ///   - displacement: Of every node at the end of an increment.
  ///   - temperature: Of every node at its end; `nil` where the analysis knows none.
  ///   - states: What the points remember at its start; `nil` only where every law is linear.
  func respond(
    to displacement: [SIMD3<Double>], _ temperature: [Double]?, from states: MaterialStates? = nil
  ) -> ElasticResponse {
    precondition(
      states != nil || materials.allSatisfy { $0.law.isLinear },
      "a law that is not linear, and no states of its points")
    var response = ElasticResponse(
      displacement: displacement,
      force: Array(repeating: .zero, count: displacement.count),
      stress: PointField(blocks: []), strain: PointField(blocks: []),
      mechanicalStrain: PointField(blocks: []), energyDensity: PointField(blocks: []),
      volume: PointField(blocks: []), strainEnergy: 0, cellForceScale: 0, states: states)
    for (number, block) in blocks.enumerated() {
      let points = block.table.pointCount
      let nodesPerCell = block.nodeCount
      var arrays = PointArrays(count: block.count * points, states: states?.blocks[number])
      var volumes = [Double](repeating: 0, count: block.count * points)
      var forces = [SIMD3<Double>](repeating: .zero, count: block.count * nodesPerCell)
      volumes.withUnsafeMutableBufferPointer { volumes in
        // Workers write to the points of cells of their own.
        nonisolated(unsafe) let volumes = volumes
        arrays.withBuffers { buffers in
          forces.mutateChunksInParallel(ofLength: 64 * nodesPerCell) { offset, part in
            var scratch = CellScratch(block.table)
            var shares = [SIMD3<Double>](repeating: .zero, count: nodesPerCell)
            for place in 0..<part.count / nodesPerCell {
              let cell = offset / nodesPerCell + place
              let range = cell * points..<(cell + 1) * points
              let values = buffers[range]
              respond(block, cell, &scratch, displacement, temperature, values)
              let thickness = materials[Int(block.materialOfCell[cell])].thickness
              var volume = UnsafeMutableBufferPointer(rebasing: volumes[range]).mutableSpan
              block.table.pointVolumes(
                nodes: scratch.nodes.span, thickness: thickness, into: &volume)
              var target = shares.mutableSpan
              block.table.internalForce(
                nodes: scratch.nodes.span, displacements: scratch.displacements.span,
                elasticity: scratch.elasticity.span,
                stress: UnsafeBufferPointer(values.stress).span, thickness: thickness,
                into: &target)
              for node in 0..<nodesPerCell { part[place * nodesPerCell + node] = target[node] }
            }
          }
        }
      }
      for place in forces.indices {
        let force = forces[place]
        response.force[Int(block.connectivity[place])] += force
        response.cellForceScale = max(
          response.cellForceScale, abs(force.x), abs(force.y), abs(force.z))
      }
      for (energy, volume) in zip(arrays.energyDensity, volumes) {
        response.strainEnergy += energy * volume
      }
      func field<Value>(_ values: [Value]) -> PointField<Value>.Block {
        .init(pointCount: points, values: values)
      }
      response.stress.blocks.append(field(arrays.stress))
      response.strain.blocks.append(field(arrays.strain))
      response.mechanicalStrain.blocks.append(field(arrays.mechanicalStrain))
      response.energyDensity.blocks.append(field(arrays.energyDensity))
      response.volume.blocks.append(field(volumes))
      if let states = arrays.states { response.states?.blocks[number] = states }
    }
    return response
  }

  /// Strain, stress, energy, tangent and new state at the points of one cell.
  ///
  /// - Parameters:
  ///   - scratch: Receives nodes, displacements and tangents.
  ///   - values: Of the points of the cell; receive all but the tangents.
  func respond(
    _ block: Block, _ cell: Int, _ scratch: inout CellScratch, _ displacement: [SIMD3<Double>],
    _ temperature: [Double]?, _ values: PointBuffers
  ) {
    scratch.gatherNodes(block, cell, nodes)
    scratch.gatherDisplacements(block, cell, displacement)
    scratch.gatherMaterial(self, block, cell, temperature: temperature, wantsThermal: true)
    let material = Int(block.materialOfCell[cell])
    var strain = values.strain.mutableSpan
    block.table.strain(
      nodes: scratch.nodes.span, displacements: scratch.displacements.span,
      elasticity: scratch.elasticity.span, thermalStress: scratch.thermalStress.span,
      thickness: materials[material].thickness, into: &strain)
    materials[material].law.respond(
      &scratch, values, isPlaneStress: block.type.theory == .planeStress && !block.isSheet)
  }
}
