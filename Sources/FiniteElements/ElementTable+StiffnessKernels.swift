internal import Meshing
internal import NumericalMethods

// The sums over points behind ``ElementTable/stiffness(nodes:elasticity:thickness:into:)``. Targets hold
// (columns · axes)² entries, which the callers checked or allocated.

extension ElementTable {
  /// The stiffness of solids and plane cells, bubbles included.
  func cartesianStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    into target: UnsafeMutablePointer<Double>
  ) {
    let columns = frame.columnCount
    let size = columns * axisCount
    target.update(repeating: 0, count: size * size)
    for point in 0..<pointCount {
      let given = elasticity[elasticity.count == 1 ? 0 : point]
      let matrix = type.theory == .planeStress ? given.planeStress() : given
      let volume = frame.volumes[point]
      let gradients = frame.gradients + point * columns
      for j in 0..<columns {
        for axis in 0..<axisCount {
          let stress = volume * column(matrix, gradients[j], axis)
          for i in 0...j {
            let slope = gradients[i]
            let x = slope.x * stress.xx + slope.y * stress.xy + slope.z * stress.xz
            let y = slope.x * stress.xy + slope.y * stress.yy + slope.z * stress.yz
            let z = slope.x * stress.xz + slope.y * stress.yz + slope.z * stress.zz
            let entry = i * axisCount * size + j * axisCount + axis
            target[entry] += x
            target[entry + size] += y
            if axisCount == 3 { target[entry + 2 * size] += z }
          }
        }
      }
    }
    for row in 1..<size {
      for column in 0..<row { target[row * size + column] = target[column * size + row] }
    }
  }

  /// The stress of a displacement along one axis with the given gradient.
  @inline(__always)
  private func column(
    _ matrix: ElasticityMatrix, _ slope: SIMD3<Double>, _ axis: Int
  ) -> SymmetricTensor {
    switch axis {
    case 0: matrix * SymmetricTensor(xx: slope.x, xy: slope.y / 2, xz: slope.z / 2)
    case 1: matrix * SymmetricTensor(yy: slope.y, xy: slope.x / 2, yz: slope.z / 2)
    default: matrix * SymmetricTensor(zz: slope.z, xz: slope.x / 2, yz: slope.y / 2)
    }
  }

  /// The stiffness of axisymmetric cells.
  func addWedgeStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    to target: UnsafeMutablePointer<Double>
  ) {
    let size = 2 * nodeCount
    target.update(repeating: 0, count: size * size)
    for point in 0..<pointCount {
      let matrix = elasticity[elasticity.count == 1 ? 0 : point]
      for j in 0..<nodeCount {
        let entry = point * nodeCount + j
        let (plain, radial, hoop) =
          (frame.gradients[entry], frame.radial[entry], frame.hoop[entry])
        let outward = matrix * SymmetricTensor(
          xx: radial.x, zz: hoop.z, xy: radial.y / 2, xz: (radial.z + hoop.x) / 2,
          yz: hoop.y / 2)
        let upward = matrix * SymmetricTensor(yy: plain.y, xy: plain.x / 2, yz: plain.z / 2)
        for i in 0...j {
          let first = force(on: i, of: outward, at: point, frame)
          let second = force(on: i, of: upward, at: point, frame)
          target[2 * i * size + 2 * j] += first.x
          target[(2 * i + 1) * size + 2 * j] += first.y
          target[2 * i * size + 2 * j + 1] += second.x
          target[(2 * i + 1) * size + 2 * j + 1] += second.y
        }
      }
    }
    for row in 1..<size {
      for column in 0..<row { target[row * size + column] = target[column * size + row] }
    }
  }
}
