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
      let stress = Slots<SymmetricTensor>(block.count * points, .zero)
      let strain = Slots<SymmetricTensor>(block.count * points, .zero)
      let mechanical = Slots<SymmetricTensor>(block.count * points, .zero)
      let energy = Slots<Double>(block.count * points, 0)
      let volume = Slots<Double>(block.count * points, 0)
      var forces = [SIMD3<Double>](repeating: .zero, count: block.count * nodesPerCell)
      forces.mutateChunksInParallel(ofLength: 64 * nodesPerCell) { offset, part in
        var scratch = CellScratch(block.table)
        var shares = [SIMD3<Double>](repeating: .zero, count: nodesPerCell)
        for place in 0..<part.count / nodesPerCell {
          let cell = offset / nodesPerCell + place
          scratch.gatherNodes(block, cell, nodes)
          scratch.gatherDisplacements(block, cell, displacement)
          scratch.gatherMaterial(self, block, cell, temperature: temperature, wantsThermal: true)
          let thickness = materials[Int(block.materialOfCell[cell])].thickness
          let range = cell * points..<(cell + 1) * points
          var strains = strain[range].mutableSpan
          block.table.strain(
            nodes: scratch.nodes.span, displacements: scratch.displacements.span,
            elasticity: scratch.elasticity.span, thermalStress: scratch.thermalStress.span,
            into: &strains)
          var volumes = volume[range].mutableSpan
          block.table.pointVolumes(
            nodes: scratch.nodes.span, thickness: thickness, into: &volumes)
          let (stresses, mechanicals, energies) = (stress[range], mechanical[range], energy[range])
          for point in 0..<points {
            let elastic = strains[point] - scratch.thermalStrain[point]
            let matrix = scratch.elasticity[scratch.elasticity.count == 1 ? 0 : point]
            var value = matrix * elastic
            if block.type.theory == .planeStress { value.zz = 0 }
            mechanicals[point] = elastic
            stresses[point] = value
            energies[point] = value.contracted(with: elastic) / 2
          }
          var target = shares.mutableSpan
          block.table.internalForce(
            nodes: scratch.nodes.span, displacements: scratch.displacements.span,
            elasticity: scratch.elasticity.span, stress: UnsafeBufferPointer(stresses).span,
            thickness: thickness, into: &target)
          for node in 0..<nodesPerCell { part[place * nodesPerCell + node] = target[node] }
        }
      }
      for place in forces.indices {
        let force = forces[place]
        response.force[Int(block.connectivity[place])] += force
        response.cellForceScale = max(
          response.cellForceScale, abs(force.x), abs(force.y), abs(force.z))
      }
      let (energies, volumes) = (energy.array, volume.array)
      for point in energies.indices { response.strainEnergy += energies[point] * volumes[point] }
      response.stress.blocks.append(.init(pointCount: points, values: stress.array))
      response.strain.blocks.append(.init(pointCount: points, values: strain.array))
      response.mechanicalStrain.blocks.append(.init(pointCount: points, values: mechanical.array))
      response.energyDensity.blocks.append(.init(pointCount: points, values: energies))
      response.volume.blocks.append(.init(pointCount: points, values: volumes))
    }
    return response
  }
}

/// An array that several workers fill, each its own ranges.
final class Slots<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Element>

  init(_ count: Int, _ initial: Element) {
    buffer = .allocate(capacity: count)
    buffer.initialize(repeating: initial)
  }

  deinit { buffer.deallocate() }

  /// A range; no two workers may hold ranges that overlap.
  subscript(range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: buffer[range])
  }

  /// All elements.
  var array: [Element] { Array(buffer) }
}
