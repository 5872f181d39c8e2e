import FiniteElements
import Meshing
import NumericalMethods
import ThermoElasticity

extension ElasticSolution {
  /// The same answer with one layer of points in plane cells that were solved as bricks: means through the
  /// thickness, weighted by volume.
  func inPlane(of mesh: Mesh) -> ElasticSolution {
    var result = self
    for (number, block) in mesh.blocks.enumerated() {
      guard let type = block.elementType, type.theory == .planeStress else { continue }
      let count = ElementTable.stiffness(type).pointCount
      let volumes = pointVolume.blocks[number]
      guard volumes.pointCount > count else { continue }
      /// Means of layers: the points of a layer follow one another.
      func mean<Value: NodalAverageable>(
        _ field: PointField<Value>.Block
      ) -> PointField<Value>.Block {
        var values: [Value] = []
        values.reserveCapacity(block.count * count)
        for cell in 0..<block.count {
          for point in 0..<count {
            var sum = Value.zero
            var weight = 0.0
            for row in stride(from: point, to: field.pointCount, by: count) {
              let volume = volumes.values[cell * field.pointCount + row]
              sum = sum + volume * field.values[cell * field.pointCount + row]
              weight += volume
            }
            values.append((1 / weight) * sum)
          }
        }
        return .init(pointCount: count, values: values)
      }
      result.stress.blocks[number] = mean(stress.blocks[number])
      result.strain.blocks[number] = mean(strain.blocks[number])
      result.mechanicalStrain.blocks[number] = mean(mechanicalStrain.blocks[number])
      result.energyDensity.blocks[number] = mean(energyDensity.blocks[number])
      result.pointVolume.blocks[number] = .init(
        pointCount: count,
        values: (0..<block.count * count).map { place in
          let first = place / count * volumes.pointCount + place % count
          return stride(from: first, to: (place / count + 1) * volumes.pointCount, by: count)
            .reduce(0) { $0 + volumes.values[$1] }
        })
    }
    return result
  }
}
