import Foundation
import Testing

@testable import DeckAnalysis
@testable import Files
@testable import Meshing

/// A mesh of Gmsh, as Meshing's tests have it.
private func resource(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../MeshingTests/Resources/\(name)").standardizedFileURL.path
}

@Suite("A mesh as the cards of a deck") struct MeshDeckTests {
  @Test(
    "reads back as it was, with the element types its shapes ask for",
    arguments: ["cylinder-1", "cylinder-2", "plate-1", "plate-2", "mixed-1", "mixed-2"],
    [ElementType.Theory.planeStress, .planeStrain, .axisymmetric])
  func roundTrip(name: String, theory: ElementType.Theory) throws {
    let mesh = try GmshReader.mesh(contentsOf: resource(name + "-msh41-binary.msh"))
    let text = try MeshDeck(mesh: mesh, planeTheory: theory, source: "a.msh").text()
    let read = try AbaqusReader.mesh(bytes: Array(text.utf8), name: "a.inp")
    #expect(read.nodeLabels == mesh.nodeLabels)
    try #require(read.nodes.count == mesh.nodes.count)
    for (a, b) in zip(read.nodes, mesh.nodes) {
      // Thirteen digits, where all do not fit into twenty characters.
      #expect((a - b).length <= 1e-12 * b.length)
    }
    #expect(read.blocks.map(\.shape) == mesh.blocks.map(\.shape))
    #expect(read.blocks.map(\.connectivity) == mesh.blocks.map(\.connectivity))
    #expect(
      read.blocks.flatMap(\.labels) == Array(1...mesh.cellCount), "cells are numbered from 1")
    for block in read.blocks {
      #expect(block.elementType?.theory == (block.shape.dimension == 3 ? .solid : theory))
    }
    func upper<Members>(_ groups: [String: Members]) -> [String: Members] {
      Dictionary(uniqueKeysWithValues: groups.map { ($0.key.uppercased(), $0.value) })
    }
    for (name, nodes) in upper(mesh.nodeSets) { #expect(read.nodeSets[name] == nodes, "\(name)") }
    for (name, cells) in upper(mesh.cellSets) { #expect(read.cellSets[name] == cells, "\(name)") }
    for (name, facets) in upper(mesh.surfaces) {
      let other = try #require(read.surfaces[name])
      #expect(Set(other) == Set(facets), "\(name)")
      #expect(other.count == facets.count)
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.split(separator: ",").count <= 16 })
  }

  @Test(
    "numbers fit into the twenty characters that CalculiX reads",
    arguments: [-1.0 / 3, -1e-5 / 3, 1e300 / 7, -2.0 / 3 * 1e-300, 12345678.9012345678, 0, -0.0])
  func fields(_ value: Double) throws {
    let text = MeshDeck.field(value)
    #expect(text.utf8.count <= 20)
    #expect(abs(try #require(Double(text)) - value) <= 1e-12 * abs(value))
  }

  @Test func `names become what a card can hold`() throws {
    var mesh = Mesh.box(size: [1, 1, 1], divisions: [1, 1, 1], elementType: .c3d8)
    mesh.nodeSets = ["rim, left \"side\"": [0, 1]]
    let text = try MeshDeck(mesh: mesh, planeTheory: .planeStress, source: "a.msh").text()
    #expect(text.contains("*NSET, NSET=rim__left__side_\n1, 2\n"))
  }

  @Test func `two groups of one name in a deck are refused with both`() throws {
    var mesh = Mesh.box(size: [1, 1, 1], divisions: [1, 1, 1], elementType: .c3d8)
    mesh.nodeSets = ["Rim": [0], "rim": [1]]
    let deck = MeshDeck(mesh: mesh, planeTheory: .planeStress, source: "a.msh")
    let faults = #expect(throws: InputFaults.self) { try deck.text() }
    #expect(faults?.description.contains("'Rim' and 'rim'") == true)
    mesh.nodeSets = [String(repeating: "x", count: 81): [0]]
    let long = MeshDeck(mesh: mesh, planeTheory: .planeStress, source: "a.msh")
    #expect(throws: InputFaults.self) { try long.text() }
  }
}
