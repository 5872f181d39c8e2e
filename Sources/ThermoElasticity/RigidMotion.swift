internal import Meshing
internal import NumericalMethods

/// A motion that costs no energy and that nothing prevents: the structure would float.
public struct RigidMotion: Error, Sendable, Equatable, CustomStringConvertible {
  /// The body, named by a cell set or by one of its cells.
  public var body: String
  /// The motions, in words.
  public var motions: [String]
  /// The file's number of a node that moves in the first of them.
  public var node: Int
  /// The direction (1, 2, 3) in which it moves most; holding it there stops the motion.
  public var degree: Int

  /// What is free, and what would hold it.
  public var description: String {
    "\(body) is free to move: \(motions.joined(separator: ", ")); "
      + "hold for example node \(node) in direction \(degree)"
  }
}

/// Looks for rigid motions before anything is factored.
///
/// Cells that share a face (an edge in the plane) form a rigid piece. Held values, equations and nodes
/// shared by two pieces are rows of a small matrix on the pieces' rigid motions; a vector it does not see is
/// a free motion.
struct RigidMotionCheck {
  /// One row: an equation or a held value as a combination of motions.
  typealias Row = [(node: Int, direction: SIMD3<Double>)]

  let mesh: Mesh
  let pieces: MeshPieces
  /// Rigid motions in use: translations and rotations by axis.
  let modes: [Mode]
  let center: SIMD3<Double>
  let size: Double

  /// Of each piece the motions its cells do not have.
  private let impossible: [Set<Int>]

  /// One basic motion.
  enum Mode {
    case translation(Int), rotation(Int)

    /// Whether a body of the given theory can move so.
    func isPossible(_ theory: ElementType.Theory?) -> Bool {
      switch (theory, self) {
      case (.axisymmetric, .translation(1)): true
      case (.axisymmetric, _): false
      case (.planeStress, .translation(2)), (.planeStrain, .translation(2)): false
      case (.planeStress, .rotation(let axis)), (.planeStrain, .rotation(let axis)): axis == 2
      default: true
      }
    }
  }

  init(mesh: Mesh) {
    self.mesh = mesh
    pieces = MeshPieces(mesh)
    let theories = Set(mesh.blocks.compactMap { $0.elementType?.theory })
    if theories.contains(.solid) {
      modes = (0..<3).map { .translation($0) } + (0..<3).map { .rotation($0) }
    } else if theories == [.axisymmetric] {
      modes = [.translation(1)]
    } else {
      modes = [.translation(0), .translation(1), .rotation(2)]
    }
    var low = mesh.nodes.first ?? .zero
    var high = low
    for node in mesh.nodes {
      low = pointwiseMin(low, node)
      high = pointwiseMax(high, node)
    }
    center = (low + high) / 2
    size = max((high - low).length / 2, .leastNormalMagnitude)
    // Bodies of several theories: each has only motions of its own.
    var impossible = [Set<Int>](repeating: [], count: pieces.count)
    if theories.count > 1 {
      var cell = 0
      for block in mesh.blocks {
        let none = Set(
          modes.indices.filter { [modes] in !modes[$0].isPossible(block.elementType?.theory) })
        for _ in 0..<block.count {
          impossible[pieces.piece(ofCell: cell)].formUnion(none)
          cell += 1
        }
      }
    }
    self.impossible = impossible
  }

  /// Finds what is free.
  ///
  /// - Parameters:
  ///   - rows: Held values (one term) and equations (several): node, direction times coefficient.
  func freeMotions(under rows: [Row]) -> [RigidMotion] {
    // Pieces tied to one another are looked at together.
    var clusters = UnionFind(count: pieces.count)
    for (_, touching) in pieces.sharedNodes {
      for piece in touching.dropFirst() { clusters.join(Int(touching[0]), Int(piece)) }
    }
    for row in rows {
      let touched = row.compactMap { pieces.piece(ofNode: $0.node) }
      for piece in touched.dropFirst() { clusters.join(touched[0], piece) }
    }
    var members: [Int: [Int]] = [:]
    for piece in 0..<pieces.count { members[clusters.root(of: piece), default: []].append(piece) }
    var rowsOf: [Int: [Row]] = [:]
    for row in rows {
      guard let piece = row.lazy.compactMap({ pieces.piece(ofNode: $0.node) }).first else {
        continue
      }
      rowsOf[clusters.root(of: piece), default: []].append(row)
    }
    var sharedOf: [Int: [(node: Int, pieces: [Int32])]] = [:]
    for shared in pieces.sharedNodes {
      sharedOf[clusters.root(of: Int(shared.pieces[0])), default: []].append(shared)
    }
    return members.sorted { $0.key < $1.key }.flatMap { root, members in
      freeMotions(of: members, rows: rowsOf[root] ?? [], shared: sharedOf[root] ?? [])
    }
  }

  /// More pieces than this are not searched for motions of one against another.
  private static let largestCluster = 60

  private func freeMotions(
    of members: [Int], rows: [Row], shared: [(node: Int, pieces: [Int32])]
  ) -> [RigidMotion] {
    let isOneBody = members.count > Self.largestCluster
    var place: [Int: Int] = [:]
    for (index, piece) in members.enumerated() { place[piece] = isOneBody ? 0 : index }
    // Bare nodes that only equations know move on their own.
    var bareNodes: [Int: Int] = [:]
    for row in rows {
      for term in row where pieces.piece(ofNode: term.node) == nil && bareNodes[term.node] == nil {
        bareNodes[term.node] = bareNodes.count
      }
    }
    let bodyCount = isOneBody ? 1 : members.count
    let count = bodyCount * modes.count + bareNodes.count * 3
    var gram = [Double](repeating: 0, count: count * count)
    func add(_ terms: [(place: Int, value: Double)]) {
      for a in terms { for b in terms { gram[a.place * count + b.place] += a.value * b.value } }
    }
    func terms(_ node: Int, piece: Int?, _ direction: SIMD3<Double>) -> [(
      place: Int, value: Double
    )] {
      guard let piece, let body = place[piece] else {
        let first = bodyCount * modes.count + (bareNodes[node] ?? 0) * 3
        return (0..<3).map { (first + $0, direction[$0]) }
      }
      return modes.enumerated().map { mode, motion in
        (body * modes.count + mode, displacement(motion, at: mesh.nodes[node]).dot(direction))
      }
    }
    for row in rows {
      let all = row.flatMap { terms($0.node, piece: pieces.piece(ofNode: $0.node), $0.direction) }
      // each row counts alike, whatever its coefficients
      let scale = row.reduce(0) { max($0, $1.direction.length) }
      guard scale > 0 else { continue }
      add(merged(all, scale))
    }
    for piece in members {
      for mode in impossible[piece] {
        let motion = (place[piece] ?? 0) * modes.count + mode
        gram[motion * count + motion] += 1
      }
    }
    if !isOneBody {
      for (node, touching) in shared {
        for piece in touching.dropFirst() {
          for axis in 0..<3 {
            var direction = SIMD3<Double>.zero
            direction[axis] = 1
            add(
              merged(
                terms(node, piece: Int(touching[0]), direction)
                  + terms(node, piece: Int(piece), -direction), 1))
          }
        }
      }
    }
    // Motions of bare nodes in directions no equation names are no unknowns: take them as held.
    for place in bodyCount * modes.count..<count where gram[place * count + place] == 0 {
      gram[place * count + place] = 1
    }
    let (values, vectors) = symmetricEigen(gram, count: count)
    let largest = values.max() ?? 0
    let free = values.indices.filter { values[$0] <= 1e-13 * max(largest, 1e-300) }
    guard !free.isEmpty else { return [] }
    return describe(
      free.map { index in (0..<count).map { vectors[index * count + $0] } },
      members: isOneBody ? [members[0]] : members)
  }

  private func merged(_ terms: [(place: Int, value: Double)], _ scale: Double)
    -> [(place: Int, value: Double)]
  {
    var sum: [Int: Double] = [:]
    for term in terms { sum[term.place, default: 0] += term.value / scale }
    return sum.map { ($0.key, $0.value) }
  }

  /// The displacement of a point in a motion of size 1 at the rim of the structure.
  private func displacement(_ mode: Mode, at point: SIMD3<Double>) -> SIMD3<Double> {
    var axis = SIMD3<Double>.zero
    switch mode {
    case .translation(let number):
      axis[number] = 1
      return axis
    case .rotation(let number):
      axis[number] = 1
      return axis.cross((point - center) / size)
    }
  }

  /// One message per body that moves in the free motions.
  private func describe(_ vectors: [[Double]], members: [Int]) -> [RigidMotion] {
    members.enumerated().compactMap { body, piece in
      let parts = vectors.map { Array($0[body * modes.count..<(body + 1) * modes.count]) }
        .filter { $0.contains { abs($0) > 1e-6 } }
      guard let first = parts.first, let nodes = pieces.someNodes(of: piece) else { return nil }
      func motion(_ part: [Double], _ node: Int) -> SIMD3<Double> {
        zip(part, modes).reduce(.zero) { $0 + $1.0 * displacement($1.1, at: mesh.nodes[node]) }
      }
      let node = nodes.max { motion(first, $0).length < motion(first, $1).length } ?? nodes[0]
      let step = motion(first, node)
      let degree = (0..<3).max { abs(step[$0]) < abs(step[$1]) } ?? 0
      let words =
        parts.count == modes.count - impossible[piece].count
        ? ["it is not held at all (\(parts.count) rigid motions)"] : parts.map(words)
      return RigidMotion(
        body: pieces.name(of: piece, in: mesh), motions: words, node: mesh.nodeLabels[node],
        degree: degree + 1)
    }
  }

  private func words(_ part: [Double]) -> String {
    var shift = SIMD3<Double>.zero
    var turn = SIMD3<Double>.zero
    for (value, mode) in zip(part, modes) {
      switch mode {
      case .translation(let axis): shift[axis] = value
      case .rotation(let axis): turn[axis] = value / size
      }
    }
    guard turn.length * size > 1e-6 * shift.length else {
      return "translation along \(direction(shift))"
    }
    let foot = center + turn.cross(shift) / turn.dot(turn)
    return "rotation about the axis along \(direction(turn)) through "
      + "(\(short(foot.x)), \(short(foot.y)), \(short(foot.z)))"
  }

  private func direction(_ vector: SIMD3<Double>) -> String {
    let unit = vector.normalized
    for (axis, name) in ["x", "y", "z"].enumerated() where abs(unit[axis]) > 1 - 1e-9 {
      return name
    }
    return "(\(short(unit.x)), \(short(unit.y)), \(short(unit.z)))"
  }

  /// Four significant digits, without noise about zero.
  private func short(_ value: Double) -> String {
    guard abs(value) > 1e-9 * max(size, 1) else { return "0" }
    var scale = 1.0
    while abs(value) * scale < 1000 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
  }
}
