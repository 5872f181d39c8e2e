internal import Meshing
public import NumericalMethods

/// The symmetric 6×6 matrix from strain to stress at one point, in stress units.
///
/// Rows and columns are xx, yy, zz, xy, xz, yz; the shear strains it multiplies are engineering ones, twice
/// the tensor's. Multiplying a ``SymmetricTensor`` takes care of that.
public struct ElasticityMatrix: Sendable {
  /// Row after row.
  @usableFromInline var entries: InlineArray<36, Double>
  /// What hourglass control of cells with one point scales with: Young's modulus of an isotropic material,
  /// else the first entry of the matrix. CalculiX does the same.
  public var hourglassModulus: Double

  /// A matrix of zeros.
  public init() {
    entries = InlineArray(repeating: 0)
    hourglassModulus = 0
  }

  /// An entry; writing does not touch its mirror image.
  @inlinable public subscript(row: Int, column: Int) -> Double {
    get { entries[6 * row + column] }
    set { entries[6 * row + column] = newValue }
  }

  /// The same stiffness in all directions.
  ///
  /// - Parameters:
  ///   - youngsModulus: In stress units.
  ///   - poissonsRatio: Between -1 and 0.5, both left out.
  public static func isotropic(youngsModulus: Double, poissonsRatio: Double) -> Self {
    let shear = youngsModulus / (2 * (1 + poissonsRatio))
    let lambda = 2 * shear * poissonsRatio / (1 - 2 * poissonsRatio)
    var result = Self()
    for i in 0..<3 {
      for j in 0..<3 { result[i, j] = i == j ? lambda + 2 * shear : lambda }
      result[i + 3, i + 3] = shear
    }
    result.hourglassModulus = youngsModulus
    return result
  }

  /// A matrix from its upper triangle.
  ///
  /// - Parameter constants: The 21 constants D1111, D1122, D2222, D1133, D2233, D3333, D1112, D2212, D3312,
  ///   D1212, D1113, D2213, D3313, D1213, D1313, D1123, D2223, D3323, D1223, D1323, D2323: column after
  ///   column.
  public static func anisotropic(_ constants: [Double]) -> Self {
    precondition(constants.count == 21, "\(constants.count) elastic constants, not 21")
    var result = Self()
    var next = 0
    for column in 0..<6 {
      for row in 0...column {
        result[row, column] = constants[next]
        result[column, row] = constants[next]
        next += 1
      }
    }
    result.hourglassModulus = result[0, 0]
    return result
  }

  /// Three planes of symmetry, along the axes.
  ///
  /// - Parameter constants: D1111, D1122, D2222, D1133, D2233, D3333, D1212, D1313, D2323.
  public static func orthotropic(_ constants: [Double]) -> Self {
    precondition(constants.count == 9, "\(constants.count) elastic constants, not 9")
    var result = Self()
    var next = 0
    for column in 0..<3 {
      for row in 0...column {
        result[row, column] = constants[next]
        result[column, row] = constants[next]
        next += 1
      }
    }
    for shear in 3..<6 { result[shear, shear] = constants[shear + 3] }
    result.hourglassModulus = result[0, 0]
    return result
  }

  /// Three planes of symmetry, by the constants a tensile test gives.
  ///
  /// - Parameter constants: E1, E2, E3, ν12, ν13, ν23, G12, G13, G23; νij is the contraction along j under
  ///   tension along i.
  public static func engineeringConstants(_ constants: [Double]) -> Self {
    precondition(constants.count == 9, "\(constants.count) elastic constants, not 9")
    let (e1, e2, e3) = (constants[0], constants[1], constants[2])
    let (n12, n13, n23) = (constants[3], constants[4], constants[5])
    let (n21, n31, n32) = (n12 * e2 / e1, n13 * e3 / e1, n23 * e3 / e2)
    let scale = 1 / (1 - n12 * n21 - n23 * n32 - n31 * n13 - 2 * n21 * n32 * n13)
    return orthotropic([
      e1 * (1 - n23 * n32) * scale,
      e1 * (n21 + n31 * n23) * scale,
      e2 * (1 - n13 * n31) * scale,
      e1 * (n31 + n21 * n32) * scale,
      e2 * (n32 + n12 * n31) * scale,
      e3 * (1 - n12 * n21) * scale,
      constants[6], constants[7], constants[8],
    ])
  }

  /// The same material seen from the global axes, when this matrix is written in turned ones.
  ///
  /// - Parameter axes: The turned axes, unit vectors at right angles, in global components.
  /// - Source: Bond's transformation; Auld, *Acoustic Fields and Waves in Solids*, volume 1 (1973), 3.D.
  public func rotated(
    from axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  ) -> Self {
    let frame = [axes.0, axes.1, axes.2]
    let pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)]
    // Row a, column b: the local engineering strain a that goes with a unit global engineering strain b.
    var turn = InlineArray<36, Double>(repeating: 0)
    for (row, (a, b)) in pairs.enumerated() {
      for (column, (i, j)) in pairs.enumerated() {
        let (u, v) = (frame[a], frame[b])
        let value = i == j ? u[i] * v[i] : (u[i] * v[j] + u[j] * v[i]) / 2
        turn[6 * row + column] = row < 3 ? value : 2 * value
      }
    }
    var half = InlineArray<36, Double>(repeating: 0)
    for row in 0..<6 {
      for column in 0..<6 {
        for k in 0..<6 {
          half[6 * row + column] += entries[6 * row + k] * turn[6 * k + column]
        }
      }
    }
    var result = Self()
    for row in 0..<6 {
      for column in 0...row {
        var sum = 0.0
        for k in 0..<6 { sum += turn[6 * k + row] * half[6 * k + column] }
        result[row, column] = sum
        result[column, row] = sum
      }
    }
    result.hourglassModulus = hourglassModulus == entries[0] ? result[0, 0] : hourglassModulus
    return result
  }

  /// The matrix of a sheet in the plane of the first two axes with no stress across it: none zz, xz and yz.
  ///
  /// Row and column zz are zero, and those of xz and yz where the material couples them with the plane. A matrix that has them
  /// already is returned as it is.
  public func planeStress() -> Self {
    let flat = condensed(2)
    return flat.couplesShearAcross ? flat.condensed(4).condensed(5) : flat
  }

  /// The matrix for no stress of the given index; as it is where that strain gives no stress.
  private func condensed(_ index: Int) -> Self {
    let pivot = self[index, index]
    guard pivot != 0 else { return self }
    var result = self
    for row in 0..<6 {
      for column in 0..<6 {
        result[row, column] =
          row == index || column == index
          ? 0 : self[row, column] - self[row, index] * self[index, column] / pivot
      }
    }
    return result
  }

  /// Whether strains in the plane of the first two axes or across it give shear stress across it, as in a directed material
  /// whose axes are tilted against the plane.
  var couplesShearAcross: Bool {
    entries[4] != 0 || entries[5] != 0 || entries[10] != 0 || entries[11] != 0
      || entries[16] != 0 || entries[17] != 0 || entries[22] != 0 || entries[23] != 0
  }

  /// The strain that has the given one's part in the plane, and of which only `thermal` is left of the stress across: the sheet is
  /// free there.
  func freeAcross(_ strain: SymmetricTensor, thermal: SymmetricTensor) -> SymmetricTensor {
    var free = SymmetricTensor(xx: strain.xx, yy: strain.yy, xy: strain.xy)
    let held = self * free
    let missing = SIMD3(thermal.zz - held.zz, thermal.xz - held.xz, thermal.yz - held.yz)
    let rows = [2, 4, 5].map { SIMD3(self[$0, 2], self[$0, 4], self[$0, 5]) }
    let (zz, xz, yz) = (rows[1].cross(rows[2]), rows[2].cross(rows[0]), rows[0].cross(rows[1]))
    let determinant = rows[0].dot(zz)
    guard determinant != 0 else { return free }
    // The matrix is symmetric: its inverse has these columns for rows.
    free.zz = missing.dot(zz) / determinant
    free.xz = missing.dot(xz) / determinant / 2
    free.yz = missing.dot(yz) / determinant / 2
    return free
  }

  /// The stress of a strain.
  @inlinable public static func * (matrix: Self, strain: SymmetricTensor) -> SymmetricTensor {
    @inline(__always) func row(_ r: Int) -> Double {
      matrix.entries[6 * r] * strain.xx + matrix.entries[6 * r + 1] * strain.yy
        + matrix.entries[6 * r + 2] * strain.zz
        + 2
        * (matrix.entries[6 * r + 3] * strain.xy + matrix.entries[6 * r + 4] * strain.xz
          + matrix.entries[6 * r + 5] * strain.yz)
    }
    return SymmetricTensor(
      xx: row(0), yy: row(1), zz: row(2), xy: row(3), xz: row(4), yz: row(5))
  }

  /// Lamé's constants where the matrix is that of ``isotropic(youngsModulus:poissonsRatio:)``, bit for bit.
  var isotropicConstants: (lambda: Double, shear: Double)? {
    let (lambda, shear) = (entries[1], entries[21])
    for row in 0..<6 {
      for column in 0..<6 {
        let expected =
          row == column
          ? (row < 3 ? lambda + 2 * shear : shear) : (row < 3 && column < 3 ? lambda : 0)
        if entries[6 * row + column] != expected { return nil }
      }
    }
    return (lambda, shear)
  }
}

extension ElasticityMatrix: Equatable {
  /// Whether all entries are the same.
  public static func == (a: Self, b: Self) -> Bool {
    a.hourglassModulus == b.hourglassModulus
      && (0..<36).allSatisfy { a.entries[$0] == b.entries[$0] }
  }
}
