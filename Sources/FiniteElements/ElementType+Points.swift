internal import Meshing
internal import NumericalMethods

// What the words of ``ElementTraits`` mean in numbers.

extension ElementType {
  /// How strains come from displacements.
  var formulation: ElementTraits.Formulation { traits.formulation }

  /// CalculiX's points for stress; those of plane cells in their plane.
  var integrationRule: IntegrationRule {
    rule(ofBrick: theory == .solid || theory == .axisymmetric)
  }

  /// CalculiX's points, in the plane or in the brick that CalculiX makes of the cell.
  func rule(ofBrick isBrick: Bool) -> IntegrationRule {
    let points = traits.points
    let plane: IntegrationRule
    switch points {
    case .tetrahedron1: return .tetrahedron1
    case .tetrahedron4: return .tetrahedron4
    case .wedge1: plane = .triangle1
    case .wedge3: plane = .triangle3
    case .box(let perAxis): plane = .box(2, perAxis)
    }
    return isBrick
      ? plane.extended(by: GaussLegendreRule(pointCount: points.layerCount)) : plane
  }

  /// The weights of the nodes' temperatures at the points, points times nodes.
  func temperatureShape(at points: [SIMD3<Double>]) -> [Double] {
    switch traits.temperatures {
    case .cellMean:
      return Array(repeating: 1 / Double(shape.nodeCount), count: points.count * shape.nodeCount)
    case .reducedRule:
      let reduced = IntegrationRule.box(shape.dimension, 2).points
      let values = reduced.map { shape.shapeFunctions(at: $0).values }
      let scale = 3.0.squareRoot()
      return points.flatMap { point in
        var sums = Array(repeating: 0.0, count: shape.nodeCount)
        for (place, values) in zip(reduced, values) {
          var share = 1.0
          for axis in 0..<shape.dimension {
            share *= (1 + scale * point[axis] * (place[axis] < 0 ? -1 : 1)) / 2
          }
          for (node, value) in values.enumerated() { sums[node] += share * value }
        }
        return sums
      }
    case .shapeFunctions:
      return points.flatMap { shape.shapeFunctions(at: $0).values }
    }
  }

  /// Exponents of the monomials that values at the points are fitted with: as many as the points determine.
  var extrapolationTerms: [SIMD3<Int>] {
    let isFlat = theory == .planeStress || theory == .planeStrain
    let points = traits.points
    let heights = isFlat || points.layerCount == 1 ? [0] : [0, 1]
    switch points {
    case .tetrahedron1: return [[0, 0, 0]]
    case .tetrahedron4: return [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .wedge1: return heights.map { [0, 0, $0] }
    case .wedge3:
      return heights.flatMap { z in [[0, 0, z], [1, 0, z], [0, 1, z]] as [SIMD3<Int>] }
    case .box(perAxis: 1): return [[0, 0, 0]]
    case .box(perAxis: 2):
      return heights.flatMap { z in (0...1).flatMap { y in (0...1).map { SIMD3($0, y, z) } } }
    case .box:
      // Those of the quadratic shape functions: at most one axis with a square.
      let powers = isFlat ? [0] : [0, 1, 2]
      return powers.flatMap { z in
        (0...2).flatMap { y in (0...2).map { x in SIMD3(x, y, z) } }
      }.filter { term in (0..<3).count { term[$0] == 2 } <= 1 }
    }
  }
}
