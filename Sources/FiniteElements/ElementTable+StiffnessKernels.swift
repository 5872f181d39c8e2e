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
    if elasticity.count > 1 {
      if axisCount == 2 || !isotropicStiffness(frame, elasticity, into: target) {
        pointwiseStiffness(frame, elasticity, into: target)
      }
    } else if axisCount == 2 {
      let isPlaneStress = type.theory == .planeStress
      uniformPlaneStiffness(
        frame, isPlaneStress ? elasticity[0].planeStress() : elasticity[0], into: target)
    } else if !isotropicStiffness(frame, elasticity, into: target) {
      uniformStiffness(frame, elasticity[0], into: target)
    }
  }

  /// The stiffness of isotropic solids; `false`, and nothing done, where the material is not.
  ///
  /// With P(ia, jb) = Σ volume · ∂Nᵢ/∂xₐ ∂Nⱼ/∂x_b the block of nodes i and j is λ P + μ Pᵀ + μ tr P. Where the constants
  /// differ from point to point there is one sum weighted with λ and one with μ.
  private func isotropicStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    into target: UnsafeMutablePointer<Double>
  ) -> Bool {
    for index in 0..<elasticity.count where elasticity[index].isotropicConstants == nil {
      return false
    }
    let isUniform = elasticity.count == 1
    let columns = frame.columnCount
    let size = 3 * columns
    let chunks = (size + 3) / 4
    let stride = 4 * chunks
    withUnsafeTemporaryAllocation(
      of: SIMD4<Double>.self,
      capacity: (2 * pointCount + (isUniform ? 1 : 2) * size) * chunks
    ) { memory in
      let right = memory.baseAddress.unsafelyUnwrapped
      let left = right + pointCount * chunks
      let shears = left + pointCount * chunks
      let laterals = isUniform ? shears : shears + size * chunks
      copyGradients(frame, into: right, chunks: chunks)
      var lambda = 1.0
      var shear = 1.0
      if isUniform {
        scale(right, into: left, chunks: chunks) { frame.volumes[$0] }
        sumProducts(left, right, into: shears, rows: size, chunks: chunks)
        (lambda, shear) = elasticity[0].isotropicConstants ?? (0, 0)
      } else {
        scale(right, into: left, chunks: chunks) { frame.volumes[$0] * elasticity[$0][0, 1] }
        sumProducts(left, right, into: laterals, rows: size, chunks: chunks)
        scale(right, into: left, chunks: chunks) { frame.volumes[$0] * elasticity[$0][3, 3] }
        sumProducts(left, right, into: shears, rows: size, chunks: chunks)
      }
      let across = UnsafeMutableRawPointer(laterals).assumingMemoryBound(to: Double.self)
      let along = UnsafeMutableRawPointer(shears).assumingMemoryBound(to: Double.self)
      for i in 0..<columns {
        for j in i..<columns {
          let place = 3 * (i * stride + j)
          let (l, m) = (across + place, along + place)
          let trace = shear * (m[0] + m[stride + 1] + m[2 * stride + 2])
          let block = target + 3 * (i * size + j)
          block[0] = lambda * l[0] + shear * m[0] + trace
          block[1] = lambda * l[1] + shear * m[stride]
          block[2] = lambda * l[2] + shear * m[2 * stride]
          block[size] = lambda * l[stride] + shear * m[1]
          block[size + 1] = lambda * l[stride + 1] + shear * m[stride + 1] + trace
          block[size + 2] = lambda * l[stride + 2] + shear * m[2 * stride + 1]
          block[2 * size] = lambda * l[2 * stride] + shear * m[2]
          block[2 * size + 1] = lambda * l[2 * stride + 1] + shear * m[stride + 2]
          block[2 * size + 2] = lambda * l[2 * stride + 2] + shear * m[2 * stride + 2] + trace
        }
      }
    }
    mirror(target, size: size)
    return true
  }

  /// The stiffness of solids of any material that is the same at all points.
  ///
  /// The block of nodes i and j is Σ C(a c b d) P(ic, jd), with P as above.
  private func uniformStiffness(
    _ frame: CellFrame, _ matrix: ElasticityMatrix, into target: UnsafeMutablePointer<Double>
  ) {
    let columns = frame.columnCount
    let size = 3 * columns
    let chunks = (size + 3) / 4
    let stride = 4 * chunks
    withUnsafeTemporaryAllocation(
      of: SIMD4<Double>.self, capacity: (2 * pointCount + size) * chunks + 27
    ) { memory in
      let right = memory.baseAddress.unsafelyUnwrapped
      let left = right + pointCount * chunks
      let products = left + pointCount * chunks
      let tensor = products + size * chunks
      copyGradients(frame, into: right, chunks: chunks)
      scale(right, into: left, chunks: chunks) { frame.volumes[$0] }
      sumProducts(left, right, into: products, rows: size, chunks: chunks)
      // Three rows a of a block, lanes b, for each pair c d.
      let place: InlineArray<9, Int> = [0, 3, 4, 3, 1, 5, 4, 5, 2]
      for c in 0..<3 {
        for d in 0..<3 {
          for a in 0..<3 {
            let row = place[3 * a + c]
            tensor[3 * (3 * c + d) + a] = [
              matrix[row, place[d]], matrix[row, place[3 + d]], matrix[row, place[6 + d]], 0,
            ]
          }
        }
      }
      let sums = UnsafeMutableRawPointer(products).assumingMemoryBound(to: Double.self)
      for i in 0..<columns {
        for j in i..<columns {
          let source = sums + 3 * (i * stride + j)
          var x = SIMD4<Double>.zero
          var y = SIMD4<Double>.zero
          var z = SIMD4<Double>.zero
          for c in 0..<3 {
            for d in 0..<3 {
              let product = source[c * stride + d]
              let part = tensor + 3 * (3 * c + d)
              x += product * part[0]
              y += product * part[1]
              z += product * part[2]
            }
          }
          let block = target + 3 * (i * size + j)
          (block[0], block[1], block[2]) = (x.x, x.y, x.z)
          (block[size], block[size + 1], block[size + 2]) = (y.x, y.y, y.z)
          (block[2 * size], block[2 * size + 1], block[2 * size + 2]) = (z.x, z.y, z.z)
        }
      }
    }
    mirror(target, size: size)
  }

  /// Copies the gradients of each point into a padded row.
  @inline(__always)
  private func copyGradients(
    _ frame: CellFrame, into rows: UnsafeMutablePointer<SIMD4<Double>>, chunks: Int
  ) {
    for point in 0..<pointCount {
      let gradients = frame.gradients + point * frame.columnCount
      rows[(point + 1) * chunks - 1] = .zero
      let row = UnsafeMutableRawPointer(rows + point * chunks).assumingMemoryBound(to: Double.self)
      for column in 0..<frame.columnCount {
        let slope = gradients[column]
        row[3 * column] = slope.x
        row[3 * column + 1] = slope.y
        row[3 * column + 2] = slope.z
      }
    }
  }

  /// Multiplies each point's row with its weight.
  @inline(__always)
  private func scale(
    _ rows: UnsafeMutablePointer<SIMD4<Double>>, into scaled: UnsafeMutablePointer<SIMD4<Double>>,
    chunks: Int, by weight: (Int) -> Double
  ) {
    for point in 0..<pointCount {
      let factor = weight(point)
      for chunk in point * chunks..<(point + 1) * chunks { scaled[chunk] = factor * rows[chunk] }
    }
  }

  /// The upper triangle of `products` = Σ over points of `left` ⊗ `right`, and some of the lower.
  @inline(__always)
  private func sumProducts(
    _ left: UnsafeMutablePointer<SIMD4<Double>>, _ right: UnsafeMutablePointer<SIMD4<Double>>,
    into products: UnsafeMutablePointer<SIMD4<Double>>, rows: Int, chunks: Int
  ) {
    let scalars = UnsafeMutableRawPointer(left).assumingMemoryBound(to: Double.self)
    var row = 0
    while row < rows {
      for chunk in row / 4..<chunks {
        var first = SIMD4<Double>.zero
        var second = SIMD4<Double>.zero
        var third = SIMD4<Double>.zero
        var place = chunk
        var scalar = row
        for _ in 0..<pointCount {
          let vector = right[place]
          first += scalars[scalar] * vector
          second += scalars[scalar + 1] * vector
          third += scalars[scalar + 2] * vector
          place += chunks
          scalar += 4 * chunks
        }
        products[row * chunks + chunk] = first
        products[(row + 1) * chunks + chunk] = second
        products[(row + 2) * chunks + chunk] = third
      }
      row += 3
    }
  }

  /// The stiffness of plane cells whose elasticity is the same at all points, as that of solids.
  private func uniformPlaneStiffness(
    _ frame: CellFrame, _ matrix: ElasticityMatrix, into target: UnsafeMutablePointer<Double>
  ) {
    let columns = frame.columnCount
    let size = 2 * columns
    let (d00, d01, d03, d13, d11, d33) =
      (matrix[0, 0], matrix[0, 1], matrix[0, 3], matrix[1, 3], matrix[1, 1], matrix[3, 3])
    for i in 0..<columns {
      for j in i..<columns {
        var (xx, xy, yx, yy) = (0.0, 0.0, 0.0, 0.0)
        for point in 0..<pointCount {
          let a = frame.volumes[point] * frame.gradients[point * columns + i]
          let b = frame.gradients[point * columns + j]
          xx += a.x * b.x
          xy += a.x * b.y
          yx += a.y * b.x
          yy += a.y * b.y
        }
        let block = target + 2 * (i * size + j)
        block[0] = d00 * xx + d03 * (xy + yx) + d33 * yy
        block[1] = d01 * xy + d03 * xx + d13 * yy + d33 * yx
        block[size] = d01 * yx + d03 * xx + d13 * yy + d33 * xy
        block[size + 1] = d11 * yy + d13 * (xy + yx) + d33 * xx
      }
    }
    mirror(target, size: size)
  }

  /// The stiffness of solids and plane cells whose elasticity differs from point to point.
  private func pointwiseStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    into target: UnsafeMutablePointer<Double>
  ) {
    let columns = frame.columnCount
    let size = columns * axisCount
    target.update(repeating: 0, count: size * size)
    for point in 0..<pointCount {
      let given = elasticity[point]
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
    mirror(target, size: size)
  }

  /// Copies the upper triangle into the lower.
  @inline(__always)
  private func mirror(_ target: UnsafeMutablePointer<Double>, size: Int) {
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

  /// The stiffness of axisymmetric cells and sheets.
  func brickStiffness(
    _ frame: CellFrame, _ elasticity: Span<ElasticityMatrix>,
    into target: UnsafeMutablePointer<Double>
  ) {
    let size = axisCount * nodeCount
    target.update(repeating: 0, count: size * size)
    for point in 0..<pointCount {
      let matrix = elasticity[elasticity.count == 1 ? 0 : point]
      for j in 0..<nodeCount {
        let entry = point * nodeCount + j
        let (plain, hoop) = (frame.gradients[entry], frame.hoop[entry])
        for axis in 0..<axisCount {
          let strain =
            switch axis {
            case 0 where isWedge:
              SymmetricTensor(
                xx: frame.radial[entry].x, zz: hoop.z, xy: frame.radial[entry].y / 2,
                xz: (frame.radial[entry].z + hoop.x) / 2, yz: hoop.y / 2)
            case 0: SymmetricTensor(xx: plain.x, xy: plain.y / 2, xz: plain.z / 2)
            case 1: SymmetricTensor(yy: plain.y, xy: plain.x / 2, yz: plain.z / 2)
            default: SymmetricTensor(zz: hoop.z, xz: hoop.x / 2, yz: hoop.y / 2)
            }
          let stress = matrix * strain
          for i in 0...j {
            let push = force(on: i, of: stress, at: point, frame)
            for row in 0..<axisCount {
              target[(axisCount * i + row) * size + axisCount * j + axis] += push[row]
            }
          }
        }
      }
    }
    mirror(target, size: size)
  }
}
