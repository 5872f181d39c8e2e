internal import Files
import Meshing

/// Plane cells on the faces of a solid mesh: gmsh writes them for surface groups, and they are no part of the model.
extension DeckReader {
  /// Finds blocks of plane cells that leave the plane z = 0 in a mesh that has solids, and says so once.
  ///
  /// What is wrong with each of these cells is not said as well.
  mutating func findSurfaceCells() {
    let blocks = deck.mesh.blocks.indices.filter { isPlane($0) && leavesPlane($0) }
    guard !blocks.isEmpty, deck.mesh.blocks.contains(where: { $0.elementType?.theory == .solid })
    else { return }
    refuseSurfaceCells(blocks, where: "that do not lie in the plane z = 0")
  }

  /// The same of plane cells without a section whose nodes all belong to solids.
  ///
  /// - Parameter cells: Cells without a section.
  /// - Returns: Those that remain.
  mutating func refusingSurfaceCells(among cells: [Int]) -> [Int] {
    var isOnSolid = [Bool](repeating: false, count: deck.mesh.nodes.count)
    for block in deck.mesh.blocks where block.elementType?.theory == .solid {
      for node in block.connectivity { isOnSolid[Int(node)] = true }
    }
    guard isOnSolid.contains(true) else { return cells }
    let planes = Set(cells.map { blocks.place(of: $0).block }).filter { number in
      isPlane(number)
        && deck.mesh.blocks[number].connectivity.allSatisfy { isOnSolid[Int($0)] }
    }
    guard !planes.isEmpty else { return cells }
    refuseSurfaceCells(planes.sorted(), where: "without a section")
    return cells.filter { !planes.contains(blocks.place(of: $0).block) }
  }

  private func isPlane(_ block: Int) -> Bool {
    deck.mesh.blocks[block].elementType.map { $0.theory != .solid } ?? false
  }

  private func leavesPlane(_ block: Int) -> Bool {
    deck.mesh.blocks[block].connectivity.contains { deck.mesh.nodes[Int($0)].z != 0 }
  }

  private mutating func refuseSurfaceCells(_ blocks: [Int], where what: String) {
    surfaceBlocks.formUnion(blocks)
    let types = Set(blocks.compactMap { deck.mesh.blocks[$0].elementType?.rawValue })
    let solids = deck.mesh.blocks.filter { $0.elementType?.theory == .solid }
    let names = types.sorted().joined(separator: ", ")
    let places = cards.filter { card in
      card.keyword == "ELEMENT" && card.value(of: "TYPE").map { types.contains($0) } == true
    }.map(\.location)
    let count = blocks.reduce(0) { $0 + deck.mesh.blocks[$1].count }
    let lines = places.dropFirst().prefix(3).compactMap(\.line).map(String.init)
    let more =
      places.count > 4
      ? " (also in lines \(lines.joined(separator: ", ")) and \(places.count - 4) more)"
      : lines.isEmpty ? "" : " (also in lines \(lines.joined(separator: ", ")))"
    faults.add(
      at: places.first ?? InputFault.Location(file: fileName),
      "a mesh of \(solids.reduce(0) { $0 + $1.count }) solids ("
        + solids.compactMap { $0.elementType?.rawValue }.joined(separator: ", ")
        + ") has \(count) plane cells (\(names)) \(what): gmsh writes such cells for surface groups",
      remedy: "delete this *ELEMENT block\(more), or export the volumes only; "
        + "loads and supports on the surface need a *SURFACE or a node set")
  }
}
