import Files
import Foundation
import Meshing
import Testing

/// A file of the tests of this target.
func resource(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Resources").appendingPathComponent(name).path
}

@Suite("Gmsh reader") struct GmshReaderTests {
  static let formats = ["msh22-text", "msh22-binary", "msh41-text", "msh41-binary"]

  @Test(
    "the four formats of one mesh read equal",
    arguments: ["cylinder", "plate", "mixed"], [1, 2])
  func formatsAgree(name: String, order: Int) throws {
    var meshes = try Self.formats.map {
      try Mesh(contentsOf: resource("\(name)-\(order)-\($0).msh"))
    }
    if name != "cylinder" {
      // Version 2.2 counts elements shape by shape and once per group, version 4.1 entity by entity.
      for mesh in meshes.indices {
        for block in meshes[mesh].blocks.indices { meshes[mesh].blocks[block].labels = [] }
      }
    }
    // In text, gmsh writes sixteen digits of a coordinate, so the last bits may differ.
    for other in meshes[1...] {
      #expect(other.nodes.count == meshes[0].nodes.count)
      #expect(zip(other.nodes, meshes[0].nodes).allSatisfy { ($0 - $1).length < 1e-15 })
    }
    for mesh in meshes.indices { meshes[mesh].nodes = meshes[0].nodes }
    // As one truth each: printed whole, two meshes fill screens.
    #expect(meshes.map { $0 == meshes[0] } == [true, true, true, true])
  }

  @Test("bricks and wedges with their groups", arguments: formats)
  func mixed(format: String) throws {
    let mesh = try Mesh(contentsOf: resource("mixed-2-\(format).msh"))
    #expect(mesh.nodes.count == 55)
    #expect(mesh.blocks.map(\.shape) == [.wedge15, .hexahedron20])
    #expect(mesh.blocks.map(\.count) == [4, 2])
    #expect(mesh.cellSets["wedges"] == [0, 1, 2, 3])
    #expect(mesh.cellSets["bricks"] == [4, 5])
    #expect(mesh.cellSets["everything"] == [0, 1, 2, 3, 4, 5])
    #expect(mesh.nodeSets["reference"].map { $0.map { mesh.nodes[Int($0)] } } == [[5, 5, 5]])
    #expect(mesh.nodeSets["corner"].map { $0.map { mesh.nodes[Int($0)] } } == [[2, 1, 0]])
    #expect(mesh.nodeSets["edge"]?.count == 3)
    #expect(mesh.nodeSets["everything"]?.count == 54)
    #expect(
      mesh.surfaces.mapValues(\.count)
        == ["root": 2, "bottom": 3, "between": 2, "PhysicalSurface77": 2])
  }

  @Test(
    "nodes of a cell follow each other as in the deck Gmsh writes of the same mesh",
    arguments: [
      // gmsh -3 -order 2 -format inp, the first element of each type.
      (
        "mixed", CellShape.hexahedron20,
        [1, 5, 6, 4, 25, 28, 31, 34, 14, 20, 18, 19, 47, 48, 49, 50, 26, 29, 32, 35]
      ),
      ("mixed", .wedge15, [5, 2, 6, 28, 40, 31, 15, 46, 20, 51, 55, 48, 29, 41, 32]),
      ("cylinder", .tetrahedron10, [65, 58, 86, 87, 107, 108, 109, 110, 111, 105]),
    ])
  func nodeOrder(name: String, shape: CellShape, labels: [Int]) throws {
    let mesh = try Mesh(contentsOf: resource("\(name)-2-msh41-binary.msh"))
    let block = try #require(mesh.blocks.first { $0.shape == shape })
    #expect(block.nodes(of: 0).map { mesh.nodeLabels[Int($0)] } == labels)
  }

  @Test("surfaces lie where the geometry has them", arguments: formats, [1, 2])
  func surfaces(format: String, order: Int) throws {
    let mesh = try Mesh(contentsOf: resource("mixed-\(order)-\(format).msh"))
    func positions(_ name: String) throws -> [SIMD3<Double>] {
      let surface = try #require(mesh.surfaces[name])
      try #require(!surface.isEmpty)
      return surface.flatMap { mesh.sideNodes(of: $0) }.map { mesh.nodes[Int($0)] }
    }
    // Where the files put them to 1e-12, gmsh's own precision on a curve.
    #expect(try positions("root").allSatisfy { abs($0.x) < 1e-9 })
    #expect(try positions("bottom").allSatisfy { abs($0.z) < 1e-9 })
    #expect(try positions("between").allSatisfy { abs($0.x - 1) < 1e-9 })
    #expect(
      try positions("PhysicalSurface77").allSatisfy { abs($0.z - 1) < 1e-9 && $0.x > 1 - 1e-9 })
  }

  @Test("a group inside the mesh takes one cell of the two at each side", arguments: formats)
  func innerSurface(format: String) throws {
    let mesh = try Mesh(contentsOf: resource("plate-1-\(format).msh"))
    let middle = try #require(mesh.surfaces["middle"])
    #expect(middle.count == 2)
    #expect(Set(middle.map { mesh.place(of: Int($0.cell)).block }).count == 1)
  }

  @Test(
    "nodes amid the edges lie there", arguments: ["mixed", "cylinder", "plate"], formats)
  func midSideNodes(name: String, format: String) throws {
    let mesh = try Mesh(contentsOf: resource("\(name)-2-\(format).msh"))
    for block in mesh.blocks {
      #expect(block.shape.isQuadratic)
      for cell in 0..<block.count {
        let nodes = block.nodes(of: cell).map { mesh.nodes[Int($0)] }
        for (edge, (a, b)) in block.shape.edges.enumerated() {
          let middle = nodes[block.shape.cornerCount + edge]
          // A curved edge bulges: here by less than a fifth of its length.
          #expect((middle - (nodes[a] + nodes[b]) / 2).length < 0.2 * (nodes[a] - nodes[b]).length)
        }
      }
    }
  }

  @Test("nodes of a curved group lie on the cylinder", arguments: formats)
  func curved(format: String) throws {
    let mesh = try Mesh(contentsOf: resource("cylinder-2-\(format).msh"))
    let curved = try #require(mesh.surfaces["curved"])
    #expect(!curved.isEmpty)
    for facet in curved {
      for node in mesh.sideNodes(of: facet) {
        let place = mesh.nodes[Int(node)]
        // Gmsh's own precision on a surface.
        #expect(abs((place.x * place.x + place.y * place.y).squareRoot() - 1) < 1e-6)
      }
    }
    #expect(mesh.cellSets["body"]?.count == mesh.cellCount)
  }

  @Test(
    "nodes with their places on curves read as without",
    arguments: [("parametric", "text"), ("parametric-binary", "binary")])
  func parametric(name: String, plain: String) throws {
    let mesh = try Mesh(contentsOf: resource("cylinder-1-msh41-\(name).msh"))
    let expected = try Mesh(contentsOf: resource("cylinder-1-msh41-\(plain).msh"))
    #expect(mesh == expected)
  }

  @Test func `a partitioned mesh is refused with the way out`() throws {
    let file = resource("cylinder-1-msh41-partitioned.msh")
    let faults = #expect(throws: InputFaults.self) { try Mesh(contentsOf: file) }
    #expect(faults?.description.contains("the mesh is partitioned") == true)
    #expect(faults?.description.contains("gmsh -unpartition") == true)
  }
}
