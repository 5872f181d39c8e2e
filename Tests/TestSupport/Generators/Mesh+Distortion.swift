public import Meshing

extension Mesh {
  /// The mesh with its inner corner nodes moved at random, each node on the boundary kept.
  ///
  /// A mid-side node follows the mean of its corners, so straight edges stay straight. Plane meshes stay
  /// plane. Meshes whose patch test is passed only by luck of regular cells do not pass it distorted.
  ///
  /// - Parameters:
  ///   - amount: The largest move along each axis, as a part of the shortest edge at the node; 0.2 keeps
  ///     bricks and quadrilaterals sound, 0.1 tetrahedra.
  ///   - seed: The same seed moves the same mesh in the same way.
  public func distorted(by amount: Double, seed: UInt64) -> Mesh {
    var isFixed = [Bool](repeating: false, count: nodes.count)
    for facet in boundaryFacets() {
      for node in sideNodes(of: facet) { isFixed[Int(node)] = true }
    }
    var shortest = [Double](repeating: .infinity, count: nodes.count)
    for block in blocks {
      for cell in 0..<block.count {
        let cellNodes = Array(block.nodes(of: cell))
        for (a, b) in block.shape.edges {
          let (first, second) = (Int(cellNodes[a]), Int(cellNodes[b]))
          let length = (nodes[first] - nodes[second]).length
          shortest[first] = min(shortest[first], length)
          shortest[second] = min(shortest[second], length)
        }
      }
    }
    let isPlane = blocks.allSatisfy { $0.shape.dimension < 3 }
    var moves = [SIMD3<Double>](repeating: .zero, count: nodes.count)
    for node in nodes.indices where !isFixed[node] && shortest[node] < .infinity {
      let random = SIMD3<Double>(
        Self.uniform(seed, 3 * node), Self.uniform(seed, 3 * node + 1),
        isPlane ? 0 : Self.uniform(seed, 3 * node + 2))
      moves[node] = amount * shortest[node] * random
    }
    for block in blocks where block.shape.isQuadratic {
      for cell in 0..<block.count {
        let cellNodes = Array(block.nodes(of: cell))
        for (edge, (a, b)) in block.shape.edges.enumerated() {
          let middle = Int(cellNodes[block.shape.cornerCount + edge])
          guard !isFixed[middle] else { continue }
          moves[middle] = (moves[Int(cellNodes[a])] + moves[Int(cellNodes[b])]) / 2
        }
      }
    }
    var mesh = self
    for node in nodes.indices { mesh.nodes[node] += moves[node] }
    return mesh
  }

  /// A number between -1 and 1 that depends only on its arguments: one step of SplitMix64.
  ///
  /// - Source: Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
  private static func uniform(_ seed: UInt64, _ index: Int) -> Double {
    var z = seed &+ (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Double(z >> 11) * 0x1p-52 - 1
  }
}
