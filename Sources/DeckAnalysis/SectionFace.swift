import FiniteElements
import Meshing

/// One face of a solid with its nodes in the order in which CalculiX integrates over it.
struct SectionFace {
  /// The cell's nodes, numbered in the mesh.
  let cellNodes: [Int]
  /// The face's nodes, as places in the cell.
  let places: [Int]
  /// The element type of the cell.
  let type: ElementType
  /// The rule.
  let table: SideTable
  private let positions: [SIMD3<Double>]

  /// A point of the face.
  struct Point {
    /// Where it is.
    var position: SIMD3<Double>
    /// The outward normal times the area the point stands for.
    var area: SIMD3<Double>
    /// Its rule's weight, which is in ``area``.
    var weight: Double
    /// The shape functions of the face's nodes.
    var shape: ArraySlice<Double>
    /// The point in the reference coordinates of the cell.
    var reference: SIMD3<Double>
  }

  /// A face of a mesh; `nil` where the cell is not a solid.
  init?(_ facet: Facet, of place: CellPlaces.Place, in mesh: Mesh) {
    let block = mesh.blocks[place.block]
    guard let type = block.elementType, type.theory == .solid else { return nil }
    let count = block.shape.nodeCount
    let side = Int(facet.side)
    self.type = type
    cellNodes = (0..<count).map { Int(block.connectivity[place.index * count + $0]) }
    places = Self.turned(type.shape.sides[side], type.shape.linear, side)
    table = SideTable.side(side, of: type)
    let (nodes, places) = (cellNodes, places)
    positions = places.map { mesh.nodes[nodes[$0]] }
  }

  /// A face starts at another corner in CalculiX than with us in three cases.
  private static func turned(_ side: [Int], _ shape: CellShape, _ number: Int) -> [Int] {
    let shift =
      switch (shape, number) {
      case (.hexahedron8, 0), (.tetrahedron4, 3): 1
      case (.wedge6, 4): 2
      default: 0
      }
    let corners = side.count > 4 ? side.count / 2 : side.count
    return side.indices.map { index in
      let first = index / corners * corners
      return side[first + (index - first + shift) % corners]
    }
  }

  /// The integration points in order.
  var points: [Point] {
    let references = type.shape.referenceNodes
    return (0..<table.pointCount).map { point in
      let row = point * table.nodeCount
      var position = SIMD3<Double>.zero
      var reference = SIMD3<Double>.zero
      var first = SIMD3<Double>.zero
      var second = SIMD3<Double>.zero
      for node in 0..<table.nodeCount {
        position += table.shape[row + node] * positions[node]
        reference += table.shape[row + node] * references[places[node]]
        first += table.gradients[row + node].x * positions[node]
        second += table.gradients[row + node].y * positions[node]
      }
      return Point(
        position: position, area: table.weights[point] * first.cross(second),
        weight: table.weights[point], shape: table.shape[row..<row + table.nodeCount],
        reference: reference)
    }
  }
}
