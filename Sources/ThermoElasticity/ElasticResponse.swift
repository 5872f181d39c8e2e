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
}

extension Structure {
  /// The stresses, and the nodal forces that are in equilibrium with them.
  func respond(to displacement: [SIMD3<Double>], _ temperature: [Double]?) -> ElasticResponse {
    var response = ElasticResponse(
      displacement: displacement,
      force: Array(repeating: .zero, count: displacement.count),
      stress: PointField(blocks: []), strain: PointField(blocks: []),
      mechanicalStrain: PointField(blocks: []), energyDensity: PointField(blocks: []),
      volume: PointField(blocks: []), strainEnergy: 0, cellForceScale: 0)
    for block in blocks {
      let points = block.table.pointCount
      let nodesPerCell = block.nodeCount
      var arrays = PointArrays(count: block.count * points)
      var forces = [SIMD3<Double>](repeating: .zero, count: block.count * nodesPerCell)
      arrays.withBuffers { buffers in
        forces.mutateChunksInParallel(ofLength: 64 * nodesPerCell) { offset, part in
          var scratch = CellScratch(block.table)
          var shares = [SIMD3<Double>](repeating: .zero, count: nodesPerCell)
          for place in 0..<part.count / nodesPerCell {
            let cell = offset / nodesPerCell + place
            scratch.gatherNodes(block, cell, nodes)
            scratch.gatherDisplacements(block, cell, displacement)
            scratch.gatherMaterial(self, block, cell, temperature: temperature, wantsThermal: true)
            var target = shares.mutableSpan
            respond(block, cell, scratch, buffers, into: &target)
            for node in 0..<nodesPerCell { part[place * nodesPerCell + node] = target[node] }
          }
        }
      }
      for place in forces.indices {
        let force = forces[place]
        response.force[Int(block.connectivity[place])] += force
        response.cellForceScale = max(
          response.cellForceScale, abs(force.x), abs(force.y), abs(force.z))
      }
      for (energy, volume) in zip(arrays.energyDensity, arrays.volume) {
        response.strainEnergy += energy * volume
      }
      func field<Value>(_ values: [Value]) -> PointField<Value>.Block {
        .init(pointCount: points, values: values)
      }
      response.stress.blocks.append(field(arrays.stress))
      response.strain.blocks.append(field(arrays.strain))
      response.mechanicalStrain.blocks.append(field(arrays.mechanicalStrain))
      response.energyDensity.blocks.append(field(arrays.energyDensity))
      response.volume.blocks.append(field(arrays.volume))
    }
    return response
  }

  /// Strain, stress and energy at the points of one gathered cell, and its nodal forces.
  private func respond(
    _ block: Block, _ cell: Int, _ scratch: borrowing CellScratch, _ buffers: PointArrays.Buffers,
    into forces: inout MutableSpan<SIMD3<Double>>
  ) {
    let table = block.table
    let thickness = materials[Int(block.materialOfCell[cell])].thickness
    let range = cell * table.pointCount..<(cell + 1) * table.pointCount
    var strain = UnsafeMutableBufferPointer(rebasing: buffers.strain[range]).mutableSpan
    table.strain(
      nodes: scratch.nodes.span, displacements: scratch.displacements.span,
      elasticity: scratch.elasticity.span, thermalStress: scratch.thermalStress.span,
      thickness: thickness, into: &strain)
    var volume = UnsafeMutableBufferPointer(rebasing: buffers.volume[range]).mutableSpan
    table.pointVolumes(nodes: scratch.nodes.span, thickness: thickness, into: &volume)
    for point in 0..<table.pointCount {
      let elastic = strain[point] - scratch.thermalStrain[point]
      let matrix = scratch.elasticity[scratch.elasticity.count == 1 ? 0 : point]
      var stress = matrix * elastic
      if block.type.theory == .planeStress && !block.isSheet {
        (stress.zz, stress.xz, stress.yz) = (0, 0, 0)
      }
      buffers.mechanicalStrain[range.lowerBound + point] = elastic
      buffers.stress[range.lowerBound + point] = stress
      buffers.energyDensity[range.lowerBound + point] = stress.contracted(with: elastic) / 2
    }
    let stress = UnsafeBufferPointer(rebasing: buffers.stress[range])
    table.internalForce(
      nodes: scratch.nodes.span, displacements: scratch.displacements.span,
      elasticity: scratch.elasticity.span, stress: stress.span, thickness: thickness,
      into: &forces)
  }
}

/// The values of one block's points, filled by several workers at once.
private struct PointArrays {
  var stress, strain, mechanicalStrain: [SymmetricTensor]
  var energyDensity, volume: [Double]

  init(count: Int) {
    stress = Array(repeating: .zero, count: count)
    strain = stress
    mechanicalStrain = stress
    energyDensity = Array(repeating: 0, count: count)
    volume = energyDensity
  }

  /// Pointers into all arrays; no two workers may touch the same point.
  struct Buffers: @unchecked Sendable {
    let stress, strain, mechanicalStrain: UnsafeMutableBufferPointer<SymmetricTensor>
    let energyDensity, volume: UnsafeMutableBufferPointer<Double>
  }

  /// Lends the arrays for writing.
  mutating func withBuffers(_ body: (Buffers) -> Void) {
    stress.withUnsafeMutableBufferPointer { stress in
      strain.withUnsafeMutableBufferPointer { strain in
        mechanicalStrain.withUnsafeMutableBufferPointer { mechanicalStrain in
          energyDensity.withUnsafeMutableBufferPointer { energyDensity in
            volume.withUnsafeMutableBufferPointer { volume in
              body(
                Buffers(
                  stress: stress, strain: strain, mechanicalStrain: mechanicalStrain,
                  energyDensity: energyDensity, volume: volume))
            }
          }
        }
      }
    }
  }
}
