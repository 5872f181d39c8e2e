import FiniteElements
import Meshing
import NumericalMethods
import Testing

@Suite("Tables of elements") struct ElementTableTests {
  /// Plane-stress cells both ways.
  static let tables: [ElementTable] = ElementType.allCases.flatMap { type in
    [ElementTable.stiffness(type)] + (type.theory == .planeStress ? [.sheet(type)] : [])
  }

  @Test("weights add up to the reference cell's volume", arguments: tables)
  func weights(_ table: ElementTable) {
    let area =
      switch table.type.shape.linear {
      case .triangle3: 0.5
      case .tetrahedron4: 1.0 / 6
      case .wedge6: 1.0
      case .quadrilateral4: 4.0
      default: 8.0
      }
    let isBrick = table.points.count > 1 && table.points[0].z != 0 && table.type.axisCount == 2
    let isCentre = table.weights == [8]
    let volume = isBrick || (isCentre && table.type.axisCount == 2) ? 2 * area : area
    #expect(abs(table.weights.reduce(0, +) - volume) < 1e-14)
  }

  @Test("affine cells have the volume of the map", arguments: tables)
  func affineVolume(_ table: ElementTable) {
    // An affine map of determinant 1.2·0.9·1.1 or, in the plane, 1.2·0.9.
    let isPlane = table.type.axisCount == 2
    let nodes = table.type.shape.referenceNodes.map { p in
      SIMD3(1.2 * p.x + 0.3 * p.y + 0.2 * p.z + 5, 0.9 * p.y - 0.1 * p.z, 1.1 * p.z)
    }
    let probe = CellProbe(table, nodes)
    let reference = Self.referenceVolume(table.type.shape)
    let volume = probe.volumes().reduce(0, +)
    switch table.type.theory {
    case .solid: #expect(abs(volume - 1.2 * 0.9 * 1.1 * reference) < 1e-13)
    case .planeStress, .planeStrain:
      #expect(isPlane && abs(volume - 1.2 * 0.9 * reference * probe.thickness) < 1e-13)
    case .axisymmetric:
      // Pappus; the flat wedge of linear cells is smaller by sin 2° / 2°, the parabola of quadratic ones is an arc
      // to order four of the half angle.
      let centroid =
        nodes.prefix(table.type.shape.cornerCount).reduce(.zero, +).x
        / Double(table.type.shape.cornerCount)
      let exact = 2 * Double.pi * centroid * 1.2 * 0.9 * reference
      let flat = 0.034_899_496_702_500_97 / (Double.pi / 90)
      let expected = table.type.shape.isQuadratic ? exact : exact * flat
      #expect(abs(volume / expected - 1) < (table.type.shape.isQuadratic ? 1e-7 : 1e-13))
    }
  }

  static func referenceVolume(_ shape: CellShape) -> Double {
    switch shape.linear {
    case .triangle3: 0.5
    case .tetrahedron4: 1.0 / 6
    case .wedge6: 1
    case .quadrilateral4: 4
    default: 8
    }
  }

  @Test("rigid motions strain nothing", arguments: tables)
  func rigidMotion(_ table: ElementTable) {
    let probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    let moves: [(SIMD3<Double>) -> SIMD3<Double>] =
      switch table.type.theory {
      case .axisymmetric: [{ _ in [0, 1, 0] }]
      case .planeStress, .planeStrain:
        [{ _ in [1, 0, 0] }, { _ in [0, 1, 0] }, { [-$0.y, $0.x, 0] }]
      case .solid:
        [
          { _ in [1, 0, 0] }, { _ in [0, 1, 0] }, { _ in [0, 0, 1] }, { [-$0.y, $0.x, 0] },
          { [$0.z, 0, -$0.x] }, { [0, -$0.z, $0.y] },
        ]
      }
    for move in moves {
      let strain = probe.strain(probe.nodes.map(move))
      #expect(largest(strain.map(\.magnitude)) < 1e-14)
    }
  }

  @Test("linear displacements strain a distorted cell evenly", arguments: tables)
  func patch(_ table: ElementTable) {
    // The bubbles of CalculiX's C3D8I see linear fields unless the cell is a parallelepiped.
    let distortion = table.type == .c3d8i ? 0 : 0.2
    var probe = CellProbe(table, table.type.sampleNodes(distortion: distortion))
    if table.type.theory == .planeStress, table.axisCount == 3 {
      // A sheet's third unknown is half its growth in thickness.
      let half = probe.thickness / 2
      let strain = probe.strain(
        probe.nodes.map { [2e-3 * $0.x + 1e-3 * $0.y, -1e-3 * $0.y, 3e-3 * half] })
      let expected = SymmetricTensor(xx: 2e-3, yy: -1e-3, zz: 3e-3, xy: 0.5e-3)
      #expect(largest(strain.map { ($0 - expected).magnitude }) < 1e-16)
      return
    }
    probe.elasticity = [.isotropic(youngsModulus: 1, poissonsRatio: 0.25)]
    let (field, expected): ((SIMD3<Double>) -> SIMD3<Double>, SymmetricTensor) =
      switch table.type.theory {
      case .solid:
        (
          { p in
            [1e-3 * p.x + 4e-3 * p.y, 2e-3 * p.y - 2e-3 * p.z, 3e-3 * p.z + 6e-3 * p.x]
          }, SymmetricTensor(xx: 1e-3, yy: 2e-3, zz: 3e-3, xy: 2e-3, xz: 3e-3, yz: -1e-3)
        )
      case .planeStrain:
        (
          { [1e-3 * $0.x + 4e-3 * $0.y, 2e-3 * $0.y, 0] },
          SymmetricTensor(xx: 1e-3, yy: 2e-3, xy: 2e-3)
        )
      case .planeStress:
        (
          // Thickness strain −ν/(1 − ν) (εx + εy).
          { [1e-3 * $0.x + 4e-3 * $0.y, 2e-3 * $0.y, 0] },
          SymmetricTensor(xx: 1e-3, yy: 2e-3, zz: -1e-3, xy: 2e-3)
        )
      case .axisymmetric:
        ({ [1e-3 * $0.x, 2e-3 * $0.y, 0] }, SymmetricTensor(xx: 1e-3, yy: 2e-3, zz: 1e-3))
      }
    let strain = probe.strain(probe.nodes.map(field))
    #expect(largest(strain.map { ($0 - expected).magnitude }) < 1e-16)
  }

  @Test(
    "stiffness is symmetric, positive, and lets nothing move but what is known", arguments: tables)
  func zeroModes(_ table: ElementTable) {
    let probe = CellProbe(table, table.type.sampleNodes(distortion: 0))
    let matrix = probe.stiffness()
    for row in matrix.indices {
      for column in 0..<row { #expect(matrix[row][column] == matrix[column][row]) }
    }
    let values = symmetricEigen(matrix.flatMap { $0 }, count: matrix.count).values.sorted()
    let scale = values.last ?? 0
    #expect((values.first ?? 0) > -1e-12 * scale)
    #expect(values.count { $0 < 1e-10 * scale } == Self.zeroModeCount(table))
  }

  /// Rigid motions, and the mechanisms that too few points leave.
  static func zeroModeCount(_ table: ElementTable) -> Int {
    switch table.type {
    case .c3d20r: 6 + 6
    case .c3d6: 6 + 1
    case .c3d4, .c3d8, .c3d8r, .c3d8i, .c3d10, .c3d15, .c3d20: 6
    case .cps8r, .cpe8r: 3 + 1
    case _ where table.type.theory == .axisymmetric: 1
    default: 3
    }
  }

  @Test("one matrix for all points and one each give the same stiffness", arguments: tables)
  func elasticityPerPoint(_ table: ElementTable) {
    var probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    let materials: [ElasticityMatrix] = [
      probe.elasticity[0], .isotropic(youngsModulus: 3, poissonsRatio: -0.2),
      .engineeringConstants([200, 90, 40, 0.3, 0.2, 0.1, 30, 20, 15]),
    ]
    for material in materials {
      probe.elasticity = [material]
      let once = probe.stiffness()
      probe.elasticity = Array(repeating: material, count: table.pointCount)
      let each = probe.stiffness()
      let scale = largest(once.flatMap { $0 })
      #expect(scale > 0)
      #expect(
        largest(zip(once, each).flatMap { zip($0, $1).map { $0 - $1 } }) < 1e-14 * scale)
    }
  }

  @Test(
    "stiffness times displacement is the force of the stress, for any material", arguments: tables)
  func consistency(_ table: ElementTable) {
    var probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    var scatter = Scatter(11)
    let material = ElasticityMatrix.anisotropic(Self.anisotropicConstants)
    // A matrix per point, each of another strength.
    probe.elasticity = (0..<table.pointCount).map { point in
      var matrix = material
      for row in 0..<6 { for column in 0..<6 { matrix[row, column] *= 1 + 0.1 * Double(point) } }
      return matrix
    }
    let moved = probe.nodes.map { _ in
      var vector = scatter.vector()
      if table.axisCount == 2 { vector.z = 0 }
      return vector
    }
    let strain = probe.strain(moved)
    let stress = zip(probe.elasticity, strain).map { $0 * $1 }
    let forces = probe.flat(probe.internalForce(moved, stress))
    let products = product(probe.stiffness(), probe.flat(moved))
    #expect(largest(zip(forces, products).map { $0 - $1 }) < 1e-12 * largest(forces))
  }

  /// A stable material without symmetry: 100 on the diagonal, small couplings everywhere.
  static let anisotropicConstants: [Double] = [
    100, 30, 110, 20, 25, 90, 5, -4, 3, 40, 2, 6, -3, 4, 35, -5, 3, 2, 1, -2, 30,
  ]

  @Test("a cell that nothing holds takes any even thermal strain without stress", arguments: tables)
  func freeExpansion(_ table: ElementTable) {
    // Only bubbles of cells that are no parallelepipeds disturb it.
    let distortion = table.type == .c3d8i ? 0 : 0.2
    let probe = CellProbe(table, table.type.sampleNodes(distortion: distortion))
    let isSheet = table.type.theory == .planeStress && table.axisCount == 3
    let thermal = SymmetricTensor(xx: 1e-3, yy: 1e-3, zz: 1e-3)
    if table.type.theory == .planeStrain { return }  // held across its plane
    let load = probe.flat(probe.thermalForce([thermal]))
    let grown = probe.nodes.map { 1e-3 * SIMD3($0.x, $0.y, isSheet ? probe.thickness / 2 : $0.z) }
    var forces = product(probe.stiffness(), probe.flat(grown))
    if table.type.traits.formulation == .meanStrain {
      // CalculiX's hourglass springs resist linear fields; what they add is not the strain's doing.
      let none = probe.internalForce(grown, [.zero])
      forces = zip(forces, probe.flat(none)).map { $0 - $1 }
    }
    #expect(largest(zip(forces, load).map { $0 - $1 }) < 1e-13 * largest(load))
    let strain = probe.strain(grown, thermalStress: [probe.elasticity[0] * thermal])
    #expect(largest(strain.map { ($0 - thermal).magnitude }) < 1e-15)
  }

  @Test("a cell turned inside out reports it", arguments: ElementType.allCases)
  func inversion(_ type: ElementType) {
    let nodes = type.sampleNodes(distortion: 0.1)
    #expect(CellProbe(.stiffness(type), nodes).determinant() > 0)
    let mirrored = nodes.map { SIMD3($0.x, -$0.y, $0.z) }
    #expect(CellProbe(.stiffness(type), mirrored).determinant() < 0)
    let flat = nodes.map { SIMD3($0.x, 0, $0.z) }
    #expect(!(CellProbe(.stiffness(type), flat).determinant() > 1e-12))
  }

  @Test(
    "an even force in the volume adds up, about its centre too", arguments: ElementType.allCases)
  func bodyForce(_ type: ElementType) {
    let probe = CellProbe(.stiffness(type), type.sampleNodes(distortion: 0.2))
    let volume = probe.volumes().reduce(0, +)
    let forces = probe.bodyForce([[0, -2, 0]])
    #expect(abs(forces.reduce(.zero, +).y + 2 * volume) < 1e-13 * volume)
    let first = zip(probe.volumes(), probe.positions()).reduce(SIMD3.zero) { $0 + $1.0 * $1.1 }
    let moment = zip(forces, probe.nodes).reduce(0) { $0 + $1.0.y * $1.1.y }
    #expect(abs(moment + 2 * first.y) < 1e-12 * volume)
    #expect(abs(probe.source([3]).reduce(0, +) - 3 * volume) < 1e-13 * volume)
  }

  @Test("temperatures at the points are means of the nodes'", arguments: tables)
  func temperature(_ table: ElementTable) {
    for point in 0..<table.pointCount {
      let shares = table.temperatureShape[point * table.nodeCount..<(point + 1) * table.nodeCount]
      #expect(abs(shares.reduce(0, +) - 1) < 1e-14)
    }
  }
}
