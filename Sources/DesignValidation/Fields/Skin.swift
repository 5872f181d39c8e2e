import Meshing

/// What is seen of a mesh: its plane cells, and the sides of its solids that belong to one cell only.
struct Skin {
  /// Whether no cell is a solid.
  let isPlane: Bool
  /// The nodes of the skin, those amid edges among them, rising.
  let nodes: [Int]
  /// The place of a node in ``nodes``.
  let places: [Int: Int]
  /// The corners of every face, as places.
  let faces: [[UInt32]]
  /// The cell of every face.
  let cells: [Int]

  /// - Complexity: O(cells)
  init(_ mesh: Mesh) {
    var sides: [(cell: Int, corners: [Int32], nodes: [Int32])] = []
    isPlane = !mesh.blocks.contains { $0.shape.dimension == 3 }
    let blocks = BlockIndex(mesh.blocks)
    if !isPlane {
      for facet in mesh.boundaryFacets() {
        let (number, index) = blocks.place(of: Int(facet.cell))
        let block = mesh.blocks[number]
        guard block.shape.dimension == 3 else { continue }
        let cellNodes = Array(block.nodes(of: index))
        let side = block.shape.sides[Int(facet.side)]
        sides.append(
          (
            Int(facet.cell), side.filter { $0 < block.shape.cornerCount }.map { cellNodes[$0] },
            side.map { cellNodes[$0] }
          ))
      }
    }
    var cell = 0
    for block in mesh.blocks {
      if block.shape.dimension == 2 {
        for index in 0..<block.count {
          let cellNodes = Array(block.nodes(of: index))
          sides.append((cell + index, Array(cellNodes.prefix(block.shape.cornerCount)), cellNodes))
        }
      }
      cell += block.count
    }
    let nodes = Set(sides.flatMap { $0.nodes.map(Int.init) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    self.nodes = nodes
    self.places = places
    faces = sides.map { $0.corners.map { UInt32(places[Int($0)] ?? 0) } }
    cells = sides.map(\.cell)
  }
}
