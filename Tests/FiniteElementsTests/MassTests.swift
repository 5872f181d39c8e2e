import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

@Suite("Mass and heat capacity of one cell") struct MassTests {
  /// Plane-stress cells both ways.
  static let tables: [ElementTable] = ElementType.allCases.flatMap { type in
    [ElementTable.mass(type)] + (type.theory == .planeStress ? [.sheetMass(type)] : [])
  }

  /// An affine map's matrix columns and offset; plane cells stay in their plane.
  static func affine(_ p: SIMD3<Double>) -> SIMD3<Double> {
    [1.2 * p.x + 0.3 * p.y + 0.2 * p.z + 5, 0.9 * p.y - 0.1 * p.z, 1.1 * p.z]
  }

  static func affineProbe(_ table: ElementTable) -> CellProbe {
    CellProbe(table, table.type.shape.referenceNodes.map(affine))
  }

  /// A full turn's volume of an axisymmetric cell of linear type over the true one: a wedge of two degrees is flat.
  static let flatWedge = 0.034_899_496_702_500_97 / (Double.pi / 90)

  @Test("every direction carries density times volume of a distorted cell", arguments: tables)
  func total(_ table: ElementTable) {
    let probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    var volume = 0.0
    CellQuadrature(table.type, pointsPerAxis: 6).forEachPoint(of: probe.nodes) {
      volume += $0.volume
    }
    var tolerance = 1e-13
    switch table.type.theory {
    case .planeStress, .planeStrain: volume *= probe.thickness
    // Only corners bulge into arcs, by 1 − cos 1° of their radii; crooked edges are flat beyond the chord of theirs.
    case .axisymmetric where table.type.shape.isQuadratic: tolerance = 1.5e-4 * 0.2
    case .axisymmetric: volume *= Self.flatWedge
    case .solid: break
    }
    let matrix = probe.mass(density: 7)
    // A node moved along a circle about the axis is no rigid motion, nor one across a sheet.
    let axes =
      table.type.theory == .axisymmetric ? [1] : Array(0..<table.type.axisCount)
    for axis in axes {
      let all = stride(from: axis, to: probe.size, by: table.axisCount)
      let sum = all.reduce(0) { sum, row in sum + all.reduce(0) { $0 + matrix[row][$1] } }
      #expect(abs(sum / (7 * volume) - 1) < tolerance)
    }
    let capacity = probe.capacity(density: 7).flatMap { $0 }.reduce(0, +)
    #expect(abs(capacity / (7 * volume) - 1) < tolerance)
  }

  @Test("symmetric and positive definite, one direction apart from the others", arguments: tables)
  func definite(_ table: ElementTable) {
    let probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    for (matrix, axes) in [(probe.mass(), table.axisCount), (probe.capacity(), 1)] {
      for row in matrix.indices {
        for column in matrix.indices {
          #expect(matrix[row][column] == matrix[column][row])
          if row % axes != column % axes { #expect(matrix[row][column] == 0) }
        }
      }
      let eigenvalues = symmetricEigen(matrix.flatMap { $0 }, count: matrix.count).values
      // C3D20's smallest is 1e-3 of its largest; a rule of too few points has zeros.
      #expect((eigenvalues.min() ?? 0) > 1e-4 * (eigenvalues.max() ?? 0))
    }
  }

  @Test(
    "a rotating cell has the kinetic energy of its inertia",
    arguments: tables.filter { $0.type.theory != .axisymmetric })
  func rotation(_ table: ElementTable) {
    let probe = Self.affineProbe(table)
    let spin: SIMD3<Double> = table.type.theory == .solid ? [0.7, -0.4, 1.1] : [0, 0, 1.3]
    let (volume, first, second) = Self.referenceMoments(table.type.shape)
    // Moments in space: x = A ξ + b.
    let (b, scale) = (Self.affine(.zero), 1.2 * 0.9 * (table.type.theory == .solid ? 1.1 : 0.3))
    func map(_ p: SIMD3<Double>) -> SIMD3<Double> { Self.affine(p) - b }
    var energy = 0.0
    // ∫|ω × x|² with ω × x linear in ξ: the sum over the products of its columns.
    let columns = [
      spin.cross(map([1, 0, 0])), spin.cross(map([0, 1, 0])), spin.cross(map([0, 0, 1])),
    ]
    let fixed = spin.cross(b)
    for i in 0..<3 {
      energy += 2 * first[i] * fixed.dot(columns[i])
      for j in 0..<3 { energy += second[i][j] * columns[i].dot(columns[j]) }
    }
    energy = 7 * scale * (energy + volume * fixed.dot(fixed)) / 2
    let speeds = probe.flat(probe.nodes.map { spin.cross($0) })
    let kinetic = zip(product(probe.mass(density: 7), speeds), speeds).reduce(0) {
      $0 + $1.0 * $1.1 / 2
    }
    #expect(abs(kinetic / energy - 1) < 1e-13)
  }

  /// Volume, ∫ξᵢ and ∫ξᵢξⱼ of a reference cell.
  static func referenceMoments(
    _ shape: CellShape
  ) -> (volume: Double, first: SIMD3<Double>, second: [SIMD3<Double>]) {
    switch shape.linear {
    case .triangle3:
      return (
        1 / 2.0, [1 / 6.0, 1 / 6.0, 0], [[1 / 12.0, 1 / 24.0, 0], [1 / 24.0, 1 / 12.0, 0], .zero]
      )
    case .quadrilateral4: return (4, .zero, [[4 / 3.0, 0, 0], [0, 4 / 3.0, 0], .zero])
    case .tetrahedron4:
      let (a, b) = (1 / 60.0, 1 / 120.0)
      return (1 / 6.0, SIMD3(repeating: 1 / 24.0), [[a, b, b], [b, a, b], [b, b, a]])
    case .wedge6:
      return (
        1, [1 / 3.0, 1 / 3.0, 0],
        [[1 / 6.0, 1 / 12.0, 0], [1 / 12.0, 1 / 6.0, 0], [0, 0, 1 / 3.0]]
      )
    default: return (8, .zero, [[8 / 3.0, 0, 0], [0, 8 / 3.0, 0], [0, 0, 8 / 3.0]])
    }
  }

  @Test("cells with straight parallel edges are integrated exactly", arguments: tables)
  func affineCells(_ table: ElementTable) {
    let probe = Self.affineProbe(table)
    let count = table.nodeCount
    var expected = Array(repeating: 0.0, count: count * count)
    CellQuadrature(table.type, pointsPerAxis: 6).forEachPoint(of: probe.nodes) { place in
      for i in 0..<count {
        for j in 0..<count {
          expected[i * count + j] += place.volume * place.values[i] * place.values[j]
        }
      }
    }
    var tolerance = 1e-13
    switch table.type.theory {
    case .planeStress, .planeStrain: expected = expected.map { $0 * probe.thickness }
    // A parabola for an arc.
    case .axisymmetric where table.type.shape.isQuadratic: tolerance = 1e-7
    case .axisymmetric: expected = expected.map { $0 * Self.flatWedge }
    case .solid: break
    }
    let scale = largest(expected)
    for (a, b) in zip(probe.capacity().flatMap { $0 }, expected) {
      #expect(abs(a - b) < tolerance * scale)
    }
    // The motion along the axis or in the plane has the same functions as temperature.
    let (mass, capacity) = (probe.mass(), probe.capacity())
    for i in 0..<count {
      for j in 0..<count {
        #expect(mass[table.axisCount * i + 1][table.axisCount * j + 1] == capacity[i][j])
      }
    }
  }

  @Test func `textbook matrices of triangle, tetrahedron and brick`() {
    // Zienkiewicz and Taylor, volume 1, chapter 17; integrals of powers of barycentric coordinates.
    let triangle = CellProbe(.mass(.cpe3), [[0, 0, 0], [3, 0, 0], [1, 2, 0]])
    let tetrahedron = CellProbe(.mass(.c3d4), [[0, 0, 0], [3, 0, 0], [1, 2, 0], [1, 1, 4]])
    for (probe, whole) in [(triangle, 3 * 0.3 / 12), (tetrahedron, 4 / 20.0)] {
      for (i, row) in probe.capacity().enumerated() {
        for (j, entry) in row.enumerated() {
          #expect(abs(entry - whole * (i == j ? 2 : 1)) < 1e-15)
        }
      }
    }
    let brick = CellProbe(
      .mass(.c3d8r), CellShape.hexahedron8.referenceNodes.map { ($0 + 1) * [1, 1.5, 2] })
    for (i, row) in brick.capacity().enumerated() {
      for (j, entry) in row.enumerated() {
        let shared = (0..<3).count { brick.nodes[i][$0] == brick.nodes[j][$0] }
        #expect(abs(entry - 24.0 / 216 * [1, 2, 4, 8][shared]) < 1e-14)
      }
    }
    // A corner of a quadratic tetrahedron on itself: volume / 70; the middle of an edge: 8 volume / 105.
    let corners: [SIMD3<Double>] = [[0, 0, 0], [3, 0, 0], [1, 2, 0], [1, 1, 4]]
    let quadratic = CellProbe(
      .mass(.c3d10),
      corners + CellShape.tetrahedron10.edges.map { (corners[$0.0] + corners[$0.1]) / 2 })
    let matrix = quadratic.capacity()
    #expect(abs(matrix[0][0] - 4 / 70.0) < 1e-15)
    #expect(abs(matrix[5][5] - 8 * 4 / 105.0) < 1e-14)
  }

  @Test(
    "a ring that grows evenly has its closed kinetic energy",
    arguments: ElementType.allCases.filter { $0.theory == .axisymmetric })
  func ring(_ type: ElementType) {
    // Radii 2 to 3 and height 0.5, as two triangles where the cells are.
    let corners: [[SIMD3<Double>]] =
      type.shape.linear == .triangle3
      ? [[[2, 0, 0], [3, 0, 0], [3, 0.5, 0]], [[2, 0, 0], [3, 0.5, 0], [2, 0.5, 0]]]
      : [[[2, 0, 0], [3, 0, 0], [3, 0.5, 0], [2, 0.5, 0]]]
    var energy = 0.0
    for corner in corners {
      let edges = type.shape.isQuadratic ? type.shape.edges : []
      let probe = CellProbe(.mass(type), corner + edges.map { (corner[$0.0] + corner[$0.1]) / 2 })
      let speeds = probe.flat(probe.nodes.map { [$0.x, 0, 0] })
      energy += zip(product(probe.mass(density: 7), speeds), speeds).reduce(0) {
        $0 + $1.0 * $1.1 / 2
      }
    }
    // ½ ρ ∫ r² 2πr dr dz.
    var expected = 7 * Double.pi * 0.5 * (81 - 16) / 4
    if !type.shape.isQuadratic {
      // The flat wedge has the radius only at its sides: cos² + sin²/3 of its square in the mean.
      expected *= Self.flatWedge * (1 - 2.0 / 3 * Self.sineSquared)
    }
    #expect(abs(energy / expected - 1) < (type.shape.isQuadratic ? 1e-7 : 1e-13))
  }

  /// sin² 1°.
  static let sineSquared = 0.017_452_406_437_283_51 * 0.017_452_406_437_283_51

  @Test("the matrix does not know the frame", arguments: tables)
  func frame(_ table: ElementTable) {
    let probe = CellProbe(table, table.type.sampleNodes(distortion: 0.2))
    var other = probe
    switch table.type.theory {
    case .solid:
      // A turn about (1, 1, 1) and one about z.
      other.nodes = probe.nodes.map {
        [0.6 * $0.y - 0.8 * $0.z + 3, 0.8 * $0.y + 0.6 * $0.z, $0.x - 9]
      }
    case .planeStress, .planeStrain:
      other.nodes = probe.nodes.map {
        [0.6 * $0.x - 0.8 * $0.y + 3, 0.8 * $0.x + 0.6 * $0.y - 9, 0]
      }
    case .axisymmetric: other.nodes = probe.nodes.map { $0 + [0, 11, 0] }
    }
    let (first, second) = (probe.mass().flatMap { $0 }, other.mass().flatMap { $0 })
    for (a, b) in zip(first, second) { #expect(abs(a - b) < 1e-13 * largest(first)) }
  }

  @Test("reduced integration has the mass of full integration")
  func reduced() {
    for (reduced, full) in [
      (ElementType.c3d8r, ElementType.c3d8), (.c3d20r, .c3d20), (.cps4r, .cps4), (.cax8r, .cax8),
      (.c3d8i, .c3d8),
    ] {
      let nodes = full.sampleNodes(distortion: 0.2)
      #expect(CellProbe(.mass(reduced), nodes).mass() == CellProbe(.mass(full), nodes).mass())
    }
  }

  @Test("density counts where its point is", arguments: ElementType.allCases)
  func density(_ type: ElementType) {
    let probe = CellProbe(.mass(type), type.sampleNodes(distortion: 0.2))
    let densities = probe.positions().map { 2 + $0.x }
    let mass = probe.capacity(densities).flatMap { $0 }.reduce(0, +)
    let expected = zip(probe.volumes(), densities).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(mass / expected - 1) < 1e-13)
  }

  @Test(
    "CalculiX stores the same mass of elements whose stiffness is fully integrated",
    arguments: [ElementType.c3d8, .c3d8i, .c3d20])
  func calculiX(_ type: ElementType) throws {
    let nodes = type.sampleNodes(distortion: 0.2)
    let lines = nodes.enumerated().map { "\($0 + 1), \($1.x), \($1.y), \($1.z)" }
    let labels = (1...nodes.count).map(String.init)
    let deck = """
      *NODE, NSET=N
      \(lines.joined(separator: "\n"))
      *ELEMENT, TYPE=\(type.rawValue), ELSET=E
      1, \(labels.prefix(15).joined(separator: ", "))\(nodes.count > 15 ? "," : "")
      \(labels.dropFirst(15).joined(separator: ", "))
      *MATERIAL, NAME=M
      *ELASTIC
      100, 0.3
      *DENSITY
      7
      *SOLID SECTION, ELSET=E, MATERIAL=M
      *STEP
      *FREQUENCY, SOLVER=MATRIXSTORAGE
      1
      *END STEP
      """.replacing("\n\n", with: "\n")
    let stored = try CalculiX.run(deck, writing: "mas")
    let matrix = CellProbe(.mass(type), nodes).mass(density: 7)
    let scale = largest(matrix.flatMap { $0 })
    var count = 0
    for line in stored.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let (row, column) = (try #require(Int(fields[0])), try #require(Int(fields[1])))
      let value = try #require(Double(fields[2]))
      // CalculiX keeps the bubbles of C3D8I as nodes behind the others, with a mass of their own.
      guard row <= matrix.count, column <= matrix.count else { continue }
      #expect(abs(matrix[row - 1][column - 1] - value) < 1e-12 * scale)
      count += 1
    }
    #expect(count == matrix.count * (matrix.count + 1) / 2)
  }
}

extension CellProbe {
  /// The mass matrix; not the probe's elasticity but its table decides.
  fileprivate func mass(density: Double = 1) -> [[Double]] {
    var values = Array(repeating: Double.nan, count: size * size)
    var span = values.mutableSpan
    let determinant = table.mass(
      nodes: nodes.span, density: [density].span, thickness: thickness, into: &span)
    #expect(determinant > 0)
    return (0..<size).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }

  fileprivate func capacity(density: Double = 1) -> [[Double]] { capacity([density]) }

  fileprivate func capacity(_ densities: [Double]) -> [[Double]] {
    let count = table.nodeCount
    var values = Array(repeating: Double.nan, count: count * count)
    var span = values.mutableSpan
    let determinant = table.capacity(
      nodes: nodes.span, density: densities.span, thickness: thickness, into: &span)
    #expect(determinant > 0)
    return (0..<count).map { Array(values[$0 * count..<($0 + 1) * count]) }
  }
}
