import FiniteElements
import Meshing
import NumericalMethods
import TestSupport
import Testing

/// One distorted cell with all nodal displacements given: what CalculiX prints is the cell's alone.
@Suite("One cell as CalculiX computes it") struct CalculiXAgreementTests {
  @Test("stress, strain and nodal forces of given displacements", arguments: ElementType.allCases)
  func mechanics(_ type: ElementType) throws {
    try compare(type, hot: false)
  }

  @Test(
    "cells that touch the axis of revolution",
    arguments: ElementType.allCases.filter { $0.theory == .axisymmetric })
  func axis(_ type: ElementType) throws {
    try compare(type, hot: true, touchesAxis: true)
  }

  /// Materials without isotropy: matrix in global axes and what a deck says of it.
  enum Fabric: String, CaseIterable, Sendable { case orthotropic, turned, anisotropic }

  struct FabricCase: Sendable, CustomTestStringConvertible {
    let type: ElementType
    let fabric: Fabric
    var testDescription: String { "\(type.rawValue) \(fabric.rawValue)" }
  }

  /// The brick of a plane-stress cell bends out of its plane where the material couples the two; ours does not.
  static let fabricCases = ElementType.allCases.flatMap { type in
    Fabric.allCases.filter { $0 != .anisotropic || type.theory != .planeStress }.map {
      FabricCase(type: type, fabric: $0)
    }
  }

  @Test("stress, strain and nodal forces of materials with directions", arguments: fabricCases)
  func fabrics(_ c: FabricCase) throws {
    let constants = [200_000, 90_000, 40_000, 0.3, 0.2, 0.1, 30_000, 20_000, 15_000]
    switch c.fabric {
    case .orthotropic:
      try compare(
        c.type, hot: true, elasticity: .engineeringConstants(constants),
        elastic: Self.engineeringText)
    case .turned:
      let axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (
        [0.8, 0.6, 0], [-0.6, 0.8, 0], [0, 0, 1]
      )
      try compare(
        c.type, hot: true,
        elasticity: ElasticityMatrix.engineeringConstants(constants).rotated(from: axes),
        elastic: Self.engineeringText, isTurned: true)
    case .anisotropic:
      let values = ElementTableTests.anisotropicConstants
      let lines = [values[0..<8], values[8..<16], values[16...]].map { line in
        line.map { "\($0)" }.joined(separator: ",")
      }
      try compare(
        c.type, hot: true, elasticity: .anisotropic(values),
        elastic: "*ELASTIC,TYPE=ANISO\n" + lines.joined(separator: "\n") + "\n")
    }
  }

  static let engineeringText = """
    *ELASTIC,TYPE=ENGINEERING CONSTANTS
    200000,90000,40000,0.3,0.2,0.1,30000,20000
    15000

    """

  @Test(
    "stress, strain and nodal forces of given displacements and temperatures",
    arguments: ElementType.allCases)
  func thermomechanics(_ type: ElementType) throws {
    try compare(type, hot: true)
  }

  func compare(
    _ type: ElementType, hot: Bool,
    elasticity material: ElasticityMatrix = .isotropic(youngsModulus: 210_000, poissonsRatio: 0.3),
    elastic: String = "*ELASTIC\n210000,0.3\n", isTurned: Bool = false,
    touchesAxis: Bool = false
  ) throws {
    var nodes = type.sampleNodes(distortion: 0.15)
    if touchesAxis {
      for (node, place) in type.shape.referenceNodes.enumerated() {
        nodes[node].x = place.x <= type.shape.referenceNodes[0].x ? 0 : nodes[node].x - 2
      }
    }
    var scatter = Scatter(7)
    let thickness = 0.3
    var displacements = nodes.map { _ in
      var value = (1e4 * scatter.vector()).rounded(.toNearestOrEven) / 1e7
      if type.axisCount == 2 { value.z = 0 }
      return value
    }
    for node in nodes.indices where touchesAxis && nodes[node].x == 0 { displacements[node].x = 0 }
    let temperatures = nodes.map { _ in hot ? 20 + 50 * scatter.next() : 20 }

    let table = type.theory == .planeStress ? ElementTable.sheet(type) : .stiffness(type)
    let elasticity = [material]
    var thermal: [SymmetricTensor] = []
    for point in 0..<table.pointCount {
      var t = 0.0
      for node in nodes.indices {
        t += table.temperatureShape[point * nodes.count + node] * temperatures[node]
      }
      let e = 1.2e-5 * (t - 20)
      thermal.append(SymmetricTensor(xx: e, yy: e, zz: e))
    }
    let thermalStress = thermal.map { elasticity[0] * $0 }
    let size = nodes.count * table.axisCount
    var stiffness = Array(repeating: 0.0, count: size * size)
    var stiffnessSpan = stiffness.mutableSpan
    let determinant = table.stiffness(
      nodes: nodes.span, elasticity: elasticity.span, thickness: thickness, into: &stiffnessSpan)
    #expect(determinant > 0)
    var probe = CellProbe(table, nodes)
    (probe.elasticity, probe.thickness) = (elasticity, thickness)
    let loads = probe.thermalForce(thermal)
    if type.theory == .planeStress {
      // Nothing holds the thickness.
      let across = solve(
        nodes.indices.map { i in nodes.indices.map { stiffness[(3 * i + 2) * size + 3 * $0 + 2] } },
        nodes.indices.map { i in
          nodes.indices.reduce(loads[i].z) { sum, j in
            sum - stiffness[(3 * i + 2) * size + 3 * j] * displacements[j].x
              - stiffness[(3 * i + 2) * size + 3 * j + 1] * displacements[j].y
          }
        })
      for node in nodes.indices { displacements[node].z = across[node] }
    }
    var strain = Array(repeating: SymmetricTensor.zero, count: table.pointCount)
    var strainSpan = strain.mutableSpan
    table.strain(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      thermalStress: thermalStress.span, thickness: thickness, into: &strainSpan)
    let stress = zip(strain, thermal).map { elasticity[0] * ($0 - $1) }
    var forces = Array(repeating: SIMD3<Double>.zero, count: nodes.count)
    var forceSpan = forces.mutableSpan
    table.printedForce(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      stress: stress.span, thickness: thickness, into: &forceSpan)
    var volumes = Array(repeating: 0.0, count: table.pointCount)
    var volumeSpan = volumes.mutableSpan
    table.pointVolumes(nodes: nodes.span, thickness: thickness, into: &volumeSpan)

    let blocks = try CalculiX.run(
      deck(
        type, nodes, displacements, hot ? temperatures : nil, thickness: thickness,
        elastic: elastic, isTurned: isTurned))
    let rows = table.printedPoints
    let theirForces = try #require(blocks.first { $0.header.hasPrefix("forces") })
    let theirStress = try #require(blocks.first { $0.header.hasPrefix("stresses") })
    let theirStrain = try #require(blocks.first { $0.header.hasPrefix("strains") })
    let theirVolume = try #require(blocks.first { $0.header.hasPrefix("volume") })
    expectEqual(
      forces.map { force in (0..<type.axisCount).map { force[$0] } },
      theirForces.rows.prefix(nodes.count).map { Array($0[1...type.axisCount]) }, "forces")
    let theirStressRows = theirStress.rows.filter { $0[0] == 1 }.map { Array($0.dropFirst(2)) }
    let theirStrainRows = theirStrain.rows.filter { $0[0] == 1 }.map { Array($0.dropFirst(2)) }
    expectEqual(rows.map { stress[$0].components }, theirStressRows, "stress")
    expectEqual(rows.map { strain[$0].components }, theirStrainRows, "strain")
    let turn = type.theory == .axisymmetric ? ElementTable.wedgesPerTurn : 1
    expectEqual([[volumes.reduce(0, +) / turn]], [[theirVolume.rows[0][1]]], "volume")

    // The stiffness agrees with the stresses it stands for.
    var inner = forces
    var innerSpan = inner.mutableSpan
    table.internalForce(
      nodes: nodes.span, displacements: displacements.span, elasticity: elasticity.span,
      stress: stress.span, thickness: thickness, into: &innerSpan)
    var products: [[Double]] = []
    for node in nodes.indices {
      products.append(
        (0..<table.axisCount).map { axis in
          var sum = -loads[node][axis]
          for other in nodes.indices {
            for b in 0..<table.axisCount {
              sum +=
                stiffness[(node * table.axisCount + axis) * size + other * table.axisCount + b]
                * displacements[other][b]
            }
          }
          return sum
        })
    }
    expectEqual(
      products, inner.map { force in (0..<table.axisCount).map { force[$0] } }, "K u − f",
      tolerance: 1e-11)
  }

  /// Whether numbers agree to seven printed digits: to `tolerance` of the largest.
  func expectEqual(
    _ ours: [[Double]], _ theirs: [[Double]], _ what: String, tolerance: Double = 1e-6
  ) {
    #expect(ours.count == theirs.count, "rows of \(what)")
    let largest = theirs.flatMap { $0 }.map(abs).max() ?? 0
    var worst = 0.0
    for (a, b) in zip(ours, theirs) {
      for (x, y) in zip(a, b) { worst = max(worst, abs(x - y)) }
    }
    #expect(worst <= tolerance * largest, "\(what): \(worst / largest) of the largest")
  }

  /// The cell with all displacements prescribed, and a spare one far away that has something to solve.
  func deck(
    _ type: ElementType, _ nodes: [SIMD3<Double>], _ displacements: [SIMD3<Double>],
    _ temperatures: [Double]?, thickness: Double, elastic: String, isTurned: Bool
  ) -> String {
    var text = "*NODE,NSET=CELL\n"
    for (node, place) in nodes.enumerated() {
      text += "\(node + 1),\(place.x),\(place.y),\(place.z)\n"
    }
    text += "*NODE,NSET=SPARE\n101,20,0,0\n102,21,0,0\n103,20,1,0\n104,20,0,1\n"
    text += "*ELEMENT,TYPE=\(type.rawValue),ELSET=CELLS\n1,"
    text += nodes.indices.map {
      "\($0 + 1)" + ($0 == 9 ? ",\n" : $0 + 1 < nodes.count ? "," : "\n")
    }.joined()
    text += "*ELEMENT,TYPE=C3D4,ELSET=SPARES\n2,101,102,103,104\n*ELSET,ELSET=ALL\nCELLS,SPARES\n"
    text += "*NSET,NSET=NALL\nCELL,SPARE\n*MATERIAL,NAME=M\n" + elastic
    if isTurned { text = "*ORIENTATION,NAME=O\n0.8,0.6,0,-0.6,0.8,0\n" + text }
    if temperatures != nil { text += "*EXPANSION,ZERO=20\n1.2E-5\n" }
    text += "*SOLID SECTION,ELSET=CELLS,MATERIAL=M" + (isTurned ? ",ORIENTATION=O\n" : "\n")
    text += type.axisCount == 2 && type.theory != .axisymmetric ? "\(thickness)\n" : ""
    text += "*SOLID SECTION,ELSET=SPARES,MATERIAL=M\n"
    if temperatures != nil { text += "*INITIAL CONDITIONS,TYPE=TEMPERATURE\nNALL,20\n" }
    text += "*BOUNDARY\n101,1,3\n102,1,3\n103,1,3\n*STEP\n*STATIC\n*BOUNDARY\n"
    for (node, moved) in displacements.enumerated() {
      for axis in 0..<type.axisCount {
        text += "\(node + 1),\(axis + 1),\(axis + 1),\(moved[axis])\n"
      }
    }
    for (node, value) in (temperatures ?? []).enumerated() {
      if node == 0 { text += "*TEMPERATURE\n" }
      text += "\(node + 1),\(value)\n"
    }
    text += "*NODE PRINT,NSET=CELL\nRF\n*EL PRINT,ELSET=CELLS,GLOBAL=YES\nS,E,EVOL\n*END STEP\n"
    return text
  }
}
