import Glibc
import Meshing
import Quantities

/// The nodes of a model that lie near singular places.
struct SingularZone {
  /// In the deck's unit of length.
  let distance: Double
  /// Those that are left out.
  let nodes: Set<Int>

  /// Finds the nodes.
  ///
  /// - Parameter length: The unit of coordinates in the deck.
  /// - Complexity: O(nodes + places), for places that are not much closer to each other than the distance.
  init(_ places: SingularPlaces, of mesh: Mesh, length: PhysicalUnit) throws(ReadingFault) {
    let distance = length.value(places.distance.value, from: places.distance.unit)
    var centers: [SIMD3<Double>] = []
    for name in places.sets {
      for node in try FieldReader.nodes(ofSet: name, in: mesh) {
        centers.append(mesh.nodes[Int(node)])
      }
    }
    if let angle = places.corners?.si {
      guard mesh.blocks.allSatisfy({ $0.shape.dimension == 2 }) else {
        throw ReadingFault("corners are found in plane models; name node sets in 'away-from'")
      }
      centers += mesh.reentrantCorners(from: angle).map { mesh.nodes[$0] }
    }
    func key(_ point: SIMD3<Double>) -> SIMD3<Double> {
      (point / distance).rounded(.down)
    }
    // Centres by cubes as wide as the distance: the near ones are in 27 of them.
    var cubes: [SIMD3<Double>: [SIMD3<Double>]] = [:]
    for center in centers { cubes[key(center), default: []].append(center) }
    var nearNodes: Set<Int> = []
    let reach = distance * (1 + 1e-9)
    for node in mesh.nodes.indices where !cubes.isEmpty {
      let position = mesh.nodes[node]
      let cube = key(position)
      search: for x in -1...1 {
        for y in -1...1 {
          for z in -1...1 {
            guard let near = cubes[cube + SIMD3(Double(x), Double(y), Double(z))] else { continue }
            if near.contains(where: { ($0 - position).length <= reach }) {
              nearNodes.insert(node)
              break search
            }
          }
        }
      }
    }
    self.distance = distance
    nodes = nearNodes
  }
}

extension Mesh {
  /// Corners of the boundary of a plane mesh whose interior angle is a given one or more, and nodes in which parts of the boundary touch.
  ///
  /// - Parameter angle: In radians, above π.
  func reentrantCorners(from angle: Double) -> [Int] {
    /// Directions of the boundary, the mesh on its left: into a node and out of it.
    var ways: [Int: (into: [SIMD3<Double>], out: [SIMD3<Double>])] = [:]
    for facet in boundaryFacets() {
      let side = sideNodes(of: facet).map { nodes[Int($0)] }
      let ends = sideNodes(of: facet).prefix(2).map { Int($0) }
      // The tangents of a parabola through the ends and the node between them; of a straight side its own direction.
      let middle = side.count == 3 ? side[2] : (side[0] + side[1]) / 2
      ways[ends[0], default: ([], [])].out.append(4 * middle - 3 * side[0] - side[1])
      ways[ends[1], default: ([], [])].into.append(3 * side[1] + side[0] - 4 * middle)
    }
    return ways.filter { _, way in
      guard way.into.count == 1, way.out.count == 1 else { return true }
      let (a, b) = (way.into[0], way.out[0])
      let turn = atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)
      return .pi - turn >= angle - 1e-9
    }.map(\.key).sorted()
  }
}
