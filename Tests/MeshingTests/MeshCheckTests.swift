import TestSupport
import Testing

@testable import Meshing

@Suite("Mesh check") struct MeshCheckTests {
  static func box(_ elementType: ElementType) -> Mesh {
    .box(size: [3, 2, 1], divisions: [2, 2, 2], elementType: elementType)
  }

  @Test("sound meshes have no findings", arguments: ElementType.allCases)
  func sound(elementType: ElementType) {
    #expect(Self.box(elementType).findings().isEmpty)
    #expect(Self.box(elementType).distorted(by: 0.1, seed: 7).findings().isEmpty)
  }

  @Test("a cell listed the other way round is inverted", arguments: ElementType.allCases)
  func inverted(elementType: ElementType) throws {
    var mesh = Self.box(elementType)
    // Looked at in a mirror, every cell is inside out.
    for node in mesh.nodes.indices { mesh.nodes[node].x = -mesh.nodes[node].x }
    let findings = mesh.findings()
    #expect(findings.count == mesh.cellCount)
    #expect(findings.allSatisfy { $0.severity == .error })
    #expect(findings.first?.problem.hasPrefix("cell 1 is turned inside out near node ") == true)
  }

  @Test("a cell pressed flat has no volume", arguments: ElementType.allCases)
  func flat(elementType: ElementType) {
    var mesh = Self.box(elementType)
    for node in mesh.nodes.indices { mesh.nodes[node].y = 0.3 * mesh.nodes[node].x }
    let findings = mesh.findings().filter {
      if case .inverted(_, _, isFlat: true) = $0.kind { true } else { false }
    }
    #expect(findings.count == mesh.cellCount)
  }

  @Test func `a brick with a corner pushed in is warned of, then refused`() throws {
    var mesh = Mesh.box(size: [1, 1, 1], divisions: [1, 1, 1], elementType: .c3d8)
    // The corner (1,1,1) pushed back over the plane of its three neighbours, x + y + z = 2.
    mesh.nodes[7] = [0.6, 0.6, 0.6]
    #expect(mesh.findings().map(\.kind) == [.badCorner(cell: 0, node: 7)])
    mesh.nodes[7] = [0.1, 0.1, 0.1]
    #expect(mesh.findings().map(\.kind) == [.inverted(cell: 0, node: 7, isFlat: false)])
    #expect(
      mesh.faults(inFile: "a.inp").map(\.description) == [
        "a.inp: cell 1 is turned inside out near node 8; list its nodes in the order of the element "
          + "type, and check their positions"
      ])
  }

  @Test func `a brick collapsed to a wedge is taken as it is`() {
    var mesh = Mesh.box(size: [1, 1, 1], divisions: [1, 1, 1], elementType: .c3d8)
    let nodes = mesh.blocks[0].connectivity
    mesh.blocks[0].connectivity[3] = nodes[2]
    mesh.blocks[0].connectivity[7] = nodes[6]
    #expect(mesh.findings().allSatisfy { $0.severity == .note })
  }

  @Test func `a node amid an edge beyond its ends is found`() {
    var mesh = Mesh.box(size: [1, 1, 1], divisions: [1, 1, 1], elementType: .c3d20)
    let node = Int(mesh.blocks[0].connectivity[8])
    mesh.nodes[node] = [1.2, 0, 0]
    let outside = mesh.findings().filter {
      $0.kind == .nodeOutsideEdge(cell: 0, node: Int32(node))
    }
    #expect(outside.map(\.severity) == [.error])
  }

  @Test func `two cells on the same nodes are warned of, whatever their order`() {
    var mesh = Self.box(.c3d8)
    let cell = Array(mesh.blocks[0].nodes(of: 3))
    mesh.blocks[0].connectivity += cell[4...] + cell[..<4]
    mesh.blocks[0].labels.append(90)
    let findings = mesh.findings()
    #expect(findings.contains { $0.problem == "cell 90 has the same nodes as cell 4" })
    #expect(findings.first { $0.kind == .duplicate(cell: 8, of: 3) }?.severity == .warning)
  }

  @Test func `nodes in one place are warned of across the sides of the search grid`() {
    var mesh = Self.box(.c3d8)
    let second = Mesh.box(size: [3, 2, 1], divisions: [2, 2, 2], elementType: .c3d8)
    let offset = Int32(mesh.nodes.count)
    // Beside the first with a gap of 1e-10 of the whole; nine nodes meet nine.
    mesh.nodes += second.nodes.map { $0 + [3 + 6e-10, 0, 0] }
    mesh.nodeLabels = Array(1...mesh.nodes.count)
    mesh.blocks.append(
      CellBlock(
        shape: .hexahedron8, connectivity: second.blocks[0].connectivity.map { $0 + offset },
        labels: Array(9...16)))
    let findings = mesh.findings()
    #expect(findings.count == 9)
    #expect(findings.allSatisfy { $0.severity == .warning })
    #expect(findings.first?.kind == .coincident(node: offset, with: 2))
  }

  @Test func `nodes of no cell are noted, and are in one place with nobody`() {
    var mesh = Self.box(.c3d8)
    mesh.nodes += [mesh.nodes[0], [9, 9, 9]]
    mesh.nodeLabels += [100, 101]
    #expect(
      mesh.findings().map(\.problem) == ["2 nodes belong to no cell, node 100 the first"])
  }

  @Test(
    "shape functions reproduce their reference cell",
    arguments: CellShape.allCases.filter { $0.dimension > 1 })
  func gradients(shape: CellShape) {
    let corners = shape.referenceCorners
    let nodes =
      corners + (shape.isQuadratic ? shape.edges.map { (corners[$0.0] + corners[$0.1]) / 2 } : [])
    let point = SIMD3(0.21, 0.33, shape.dimension == 3 ? -0.17 : 0)
    let gradients = shape.shapeFunctions(at: point).gradients
    #expect(gradients.count == shape.nodeCount)
    /// The gradient of a function of position, interpolated from its values at the nodes.
    func gradient(of function: (SIMD3<Double>) -> Double) -> SIMD3<Double> {
      zip(gradients, nodes).reduce(.zero) { $0 + function($1.1) * $1.0 }
    }
    // Round-off of twenty terms of size one.
    #expect(gradient { _ in 1 }.length < 1e-14)
    #expect((gradient { $0.x } - [1, 0, 0]).length < 1e-14)
    #expect((gradient { $0.y } - [0, 1, 0]).length < 1e-14)
    if shape.dimension == 3 { #expect((gradient { $0.z } - [0, 0, 1]).length < 1e-14) }
    if shape.isQuadratic {
      #expect((gradient { $0.x * $0.x } - [2 * point.x, 0, 0]).length < 1e-14)
      #expect((gradient { $0.x * $0.y } - [point.y, point.x, 0]).length < 1e-14)
      if shape.dimension == 3 {
        #expect((gradient { $0.z * $0.x } - [point.z, 0, point.x]).length < 1e-14)
        #expect((gradient { $0.z * $0.z } - [0, 0, 2 * point.z]).length < 1e-14)
      }
    }
  }
}

@Suite("Mesh components") struct MeshComponentTests {
  @Test func `a mesh in one piece is one component`() {
    let mesh = Mesh.box(size: [1, 1, 1], divisions: [3, 2, 2], elementType: .c3d10)
    let components = mesh.components()
    #expect(components.map(\.nodes.count) == [mesh.nodes.count])
    #expect(components.map(\.cells) == [Array(0..<Int32(mesh.cellCount))])
  }

  @Test func `bodies that share no node are apart until something joins them`() {
    // Three bars of two cells each, the cells in mixed order; node 9 belongs to nobody.
    var mesh = Mesh(nodes: (0..<10).map { [Double($0), 0, 0] })
    mesh.blocks = [
      CellBlock(shape: .line2, connectivity: [6, 7, 0, 1, 4, 3, 8, 7]),
      CellBlock(shape: .line2, connectivity: [2, 1, 5, 4], labels: [5, 6]),
    ]
    let components = mesh.components()
    #expect(components.map(\.nodes) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    #expect(components.map(\.cells) == [[1, 4], [2, 5], [0, 3]])
    let joined = mesh.components(joinedBy: [(8, 3), (9, 9)])
    #expect(joined.map(\.nodes) == [[0, 1, 2], [3, 4, 5, 6, 7, 8]])
    #expect(joined.map(\.cells) == [[1, 4], [0, 2, 3, 5]])
  }
}
