import FiniteElements
import Meshing
import NumericalMethods

/// Numbers between -1 and 1 that look random and are the same in every run.
struct Scatter {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // Four digits, so that a deck says exactly what is computed with.
    return (Double(state >> 11) / Double(1 << 52) * 1e4).rounded() / 1e4 - 1
  }

  mutating func vector() -> SIMD3<Double> { [next(), next(), next()] }
}

extension ElementType {
  /// A cell of about twice unit size, every node moved by up to `distortion`.
  ///
  /// Axisymmetric ones stay away from the axis; plane ones in their plane.
  func sampleNodes(distortion: Double, seed: UInt64 = 1) -> [SIMD3<Double>] {
    var scatter = Scatter(seed)
    return shape.referenceNodes.enumerated().map { node, place in
      var moved = place + (node < shape.cornerCount ? 1 : 0.5) * distortion * scatter.vector()
      moved = (1e6 * moved).rounded(.toNearestOrEven) / 1e6
      if axisCount == 2 { moved.z = 0 }
      if theory == .axisymmetric { moved.x += 3 }
      return moved
    }
  }
}

/// The solution of a few equations.
func solve(_ matrix: [[Double]], _ side: [Double]) -> [Double] {
  var rows = zip(matrix, side).map { $0 + [$1] }
  for k in rows.indices {
    let pivot = rows.indices[k...].max { abs(rows[$0][k]) < abs(rows[$1][k]) }
    rows.swapAt(k, pivot ?? k)
    for i in rows.indices where i != k {
      let factor = rows[i][k] / rows[k][k]
      for j in rows[i].indices { rows[i][j] -= factor * rows[k][j] }
    }
  }
  return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
}
