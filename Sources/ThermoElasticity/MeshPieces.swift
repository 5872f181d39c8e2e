internal import Meshing

/// The rigid pieces of a mesh: cells joined through faces (edges in the plane).
struct MeshPieces {
  /// Pieces in the order of their first cells.
  let count: Int
  /// Nodes that belong to several pieces.
  let sharedNodes: [(node: Int, pieces: [Int32])]
  private let pieceOfNode: [Int32]
  private let firstCell: [Int]
  private let pieceOfCell: [Int32]

  /// Finds the pieces of a mesh.
  ///
  /// - Complexity: O(cells)
  init(_ mesh: Mesh) {
    var cells = UnionFind(count: mesh.cellCount)
    var sides = SideTable(
      capacity: mesh.blocks.reduce(0) { $0 + $1.count * $1.shape.linear.sides.count })
    var cell = 0
    for block in mesh.blocks {
      let corners = block.shape.linear.sides
      for index in 0..<block.count {
        let nodes = block.nodes(of: index)
        for side in corners {
          var key = (Int32.max, Int32.max, Int32.max)
          for corner in side {
            let node = nodes[nodes.startIndex + corner]
            if node < key.0 {
              key = (node, key.0, key.1)
            } else if node < key.1 {
              key = (key.0, node, key.1)
            } else if node < key.2 {
              key.2 = node
            }
          }
          if let other = sides.insert(key, cell: Int32(cell)) { cells.join(Int(other), cell) }
        }
        cell += 1
      }
    }
    var pieceOfRoot = [Int32](repeating: -1, count: mesh.cellCount)
    var pieceOfCell = [Int32](repeating: -1, count: mesh.cellCount)
    var firstCell: [Int] = []
    for cell in 0..<mesh.cellCount {
      let root = cells.root(of: cell)
      if pieceOfRoot[root] < 0 {
        pieceOfRoot[root] = Int32(firstCell.count)
        firstCell.append(cell)
      }
      pieceOfCell[cell] = pieceOfRoot[root]
    }
    var pieceOfNode = [Int32](repeating: -1, count: mesh.nodes.count)
    var shared: [Int: [Int32]] = [:]
    cell = 0
    for block in mesh.blocks {
      for index in 0..<block.count {
        let piece = pieceOfCell[cell]
        for node in block.nodes(of: index) {
          let known = pieceOfNode[Int(node)]
          if known < 0 {
            pieceOfNode[Int(node)] = piece
          } else if known != piece, shared[Int(node)]?.contains(piece) != true {
            shared[Int(node), default: [known]].append(piece)
          }
        }
        cell += 1
      }
    }
    self.count = firstCell.count
    self.firstCell = firstCell
    self.pieceOfCell = pieceOfCell
    self.pieceOfNode = pieceOfNode
    sharedNodes = shared.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The piece a node belongs to (the first of several); `nil` for a node of no cell.
  func piece(ofNode node: Int) -> Int? {
    pieceOfNode[node] < 0 ? nil : Int(pieceOfNode[node])
  }

  /// The piece a cell belongs to.
  func piece(ofCell cell: Int) -> Int { Int(pieceOfCell[cell]) }

  /// The nodes of a piece.
  func someNodes(of piece: Int) -> [Int]? {
    let nodes = pieceOfNode.indices.filter { pieceOfNode[$0] == piece }
    return nodes.isEmpty ? nil : nodes
  }

  /// A name a user recognises: a cell set that is this piece or holds it, or one of its cells.
  func name(of piece: Int, in mesh: Mesh) -> String {
    let cell = firstCell[piece]
    let place = mesh.place(of: cell)
    let label = mesh.blocks[place.block].labels[place.index]
    if count == 1 { return "the part (all elements)" }
    let holding = mesh.cellSets.filter {
      $0.value.contains(Int32(cell)) && $0.value.count < mesh.cellCount
    }
    let smallest = holding.min { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
    if let smallest { return "the body in element set \(smallest.key) (with element \(label))" }
    return "the body with element \(label)"
  }
}

/// Which cell was the first to show a side.
private struct SideTable {
  private var keys: [SIMD4<Int32>]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    mask = size - 1
    keys = Array(repeating: SIMD4(-1, -1, -1, -1), count: size)
  }

  /// Adds a side; returns the cell that had it already.
  mutating func insert(_ key: (Int32, Int32, Int32), cell: Int32) -> Int32? {
    let hash =
      UInt64(bitPattern: Int64(key.0)) &* 0x9E37_79B9_7F4A_7C15
      ^ UInt64(bitPattern: Int64(key.1)) &* 0xC2B2_AE3D_27D4_EB4F
      ^ UInt64(bitPattern: Int64(key.2)) &* 0x1656_67B1_9E37_79F9
    var place = Int(truncatingIfNeeded: (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9 >> 20) & mask
    while true {
      let entry = keys[place]
      if entry.w < 0 {
        keys[place] = SIMD4(key.0, key.1, key.2, cell)
        return nil
      }
      if entry.x == key.0 && entry.y == key.1 && entry.z == key.2 { return entry.w }
      place = (place + 1) & mask
    }
  }
}

/// Disjoint sets that are joined.
struct UnionFind {
  private var parent: [Int32]

  init(count: Int) { parent = (0..<Int32(count)).map { $0 } }

  /// The representative of a member's set: its smallest member.
  mutating func root(of member: Int) -> Int {
    var root = member
    while Int(parent[root]) != root { root = Int(parent[root]) }
    var step = member
    while Int(parent[step]) != root {
      let next = Int(parent[step])
      parent[step] = Int32(root)
      step = next
    }
    return root
  }

  /// Makes one set of two.
  mutating func join(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (root(of: a), root(of: b))
    if rootA < rootB { parent[rootB] = Int32(rootA) } else { parent[rootA] = Int32(rootB) }
  }
}
