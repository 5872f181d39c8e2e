internal import FiniteElements
internal import Meshing

extension HeatAnalysis {
  /// The loads without films on sides of no area, which lie on the axis of revolution and take no heat.
  ///
  /// A body that nothing else keeps at a temperature, and that no heat enters, stays as warm as it is, as in CalculiX: one of its
  /// nodes is held there. A body that heat enters has no steady temperature, and none is invented for it.
  ///
  /// - Parameter temperature: Of every node, before the solve.
  /// - Complexity: O(films); O(nodes) where there is such a film.
  func withoutFilmsOnTheAxis(
    _ loads: ThermalLoads, at temperature: [Double]
  ) -> ThermalLoads {
    let empty = loads.films.filter { $0.coefficient != 0 && !structure.hasArea($0.facet) }
    guard !empty.isEmpty else { return loads }
    var result = loads
    result.films.removeAll { !structure.hasArea($0.facet) }
    var members: [Int: [Int]] = [:]
    var bodies = joinedPieces()
    for film in empty {
      if let piece = pieces.piece(ofNode: structure.sideNodes(film.facet)[0]) {
        members[bodies.root(of: piece)] = []
      }
    }
    for node in structure.nodes.indices {
      guard let piece = pieces.piece(ofNode: node) else { continue }
      members[bodies.root(of: piece)]?.append(node)
    }
    for node in heatedNodes(result) {
      if let piece = pieces.piece(ofNode: node) { members[bodies.root(of: piece)] = nil }
    }
    for (_, nodes) in members.sorted(by: { $0.key < $1.key }) {
      guard let first = nodes.first else { continue }
      let value = temperature[first]
      guard nodes.allSatisfy({ abs(temperature[$0] - value) <= 1e-9 * abs(value) }) else {
        continue
      }
      result.prescribed.append(PrescribedValue(node: Int32(first), component: 0, value: value))
    }
    return result
  }

  /// Pieces of the mesh, joined where warmth spreads: through shared nodes and through equations.
  func joinedPieces() -> UnionFind {
    var joined = UnionFind(count: pieces.count)
    for shared in pieces.sharedNodes {
      for piece in shared.pieces { joined.join(Int(shared.pieces[0]), Int(piece)) }
    }
    for equation in equations {
      let touched = equation.compactMap { pieces.piece(ofNode: $0.slot) }
      for piece in touched { joined.join(touched[0], piece) }
    }
    return joined
  }

  /// Nodes that are held or that heat enters.
  private func heatedNodes(_ loads: ThermalLoads) -> [Int] {
    var nodes = loads.prescribed.map { Int($0.node) }
    nodes += loads.flows.filter { $0.power != 0 }.map { Int($0.node) }
    for film in loads.films where film.coefficient != 0 {
      nodes += structure.sideNodes(film.facet)
    }
    for flux in loads.fluxes where flux.flux != 0 { nodes += structure.sideNodes(flux.facet) }
    for source in loads.sources where source.power != 0 {
      for cell in source.cells {
        let (block, index) = structure.place(of: Int(cell))
        nodes.append(Int(block.connectivity[index * block.nodeCount]))
      }
    }
    return nodes
  }
}

extension Structure {
  /// Whether a side has an area: not one of axisymmetric cells that lies on the axis.
  fileprivate func hasArea(_ facet: Facet) -> Bool {
    place(of: Int(facet.cell)).block.type.theory != .axisymmetric
      || sideNodes(facet).contains { nodes[$0].x != 0 }
  }
}
