public import Files

/// Looks for what makes a mesh unfit for a solver, or likely not what its maker meant.
///
/// Found are cells turned inside out or without volume, nodes amid edges beyond their ends, cells on the
/// same nodes, nodes in one place and nodes no cell uses. Everything is found, up to ``capacity`` of a
/// kind.
public struct MeshCheck {
  /// Findings of one kind that are kept.
  public static let capacity = 100

  private let mesh: Mesh
  private var findings: [MeshFinding] = []
  private var invertedCount = 0

  private init(_ mesh: Mesh) { self.mesh = mesh }

  /// Everything found, errors first.
  ///
  /// - Complexity: O(cells · nodes of a cell · points of a cell) + O(*n* log *n*) for *n* nodes.
  public static func findings(in mesh: Mesh) -> [MeshFinding] {
    var check = MeshCheck(mesh)
    check.checkJacobians()
    check.checkEdges()
    check.checkDuplicates()
    check.checkNodes()
    // Sorting by severity alone would shuffle: equal elements keep their order in a grouping.
    return [.error, .warning, .note].flatMap { severity in
      check.findings.filter { $0.severity == severity }
    }
  }

  /// Cells turned inside out or without volume, and nothing else.
  ///
  /// - Complexity: O(cells · nodes of a cell · points of a cell)
  public static func invertedCells(in mesh: Mesh) -> [MeshFinding] {
    var check = MeshCheck(mesh)
    check.checkJacobians()
    return check.findings.filter { $0.severity == .error }
  }

  // MARK: Cells

  private mutating func checkJacobians() {
    var first = 0
    for block in mesh.blocks {
      defer { first += block.count }
      let shape = block.shape
      guard shape.dimension > 1 else { continue }
      let points = shape.integrationPoints(of: block.elementType)
      let pointTables = points.map { shape.shapeFunctions(at: $0).gradients }
      let cornerTables = shape.referenceCorners.map { shape.shapeFunctions(at: $0).gradients }
      // The corner a point is nearest to names the place.
      let nearest = points.map { point in
        shape.referenceCorners.indices.min {
          (shape.referenceCorners[$0] - point).length < (shape.referenceCorners[$1] - point).length
        } ?? 0
      }
      var inverted = 0
      var badCorners = 0
      var positions = [SIMD3<Double>](repeating: .zero, count: shape.nodeCount)
      for index in 0..<block.count {
        let nodes = block.nodes(of: index)
        for (place, node) in nodes.enumerated() { positions[place] = mesh.nodes[Int(node)] }
        let flat = flatness(of: positions, dimension: shape.dimension)
        if let bad = worst(pointTables, positions, shape.dimension, below: flat) {
          inverted += 1
          guard inverted <= Self.capacity else { continue }
          let node = nodes[nodes.startIndex + nearest[bad.place]]
          addInverted(first + index, node, isFlat: bad.jacobian >= -flat, shape: shape)
        } else if let bad = worst(cornerTables, positions, shape.dimension, below: flat) {
          // A cell that names a node twice is collapsed on purpose.
          guard Set(nodes).count == nodes.count else { continue }
          badCorners += 1
          guard badCorners <= Self.capacity else { continue }
          let node = nodes[nodes.startIndex + bad.place]
          findings.append(
            MeshFinding(
              severity: .warning, kind: .badCorner(cell: Int32(first + index), node: node),
              problem: "cell \(label(first + index)) folds over or has no angle at node "
                + "\(mesh.nodeLabels[Int(node)])",
              remedy: "move the node: results near it may be wrong"))
        }
      }
    }
  }

  private mutating func addInverted(_ cell: Int, _ node: Int32, isFlat: Bool, shape: CellShape) {
    let nodeLabel = mesh.nodeLabels[Int(node)]
    findings.append(
      MeshFinding(
        severity: .error, kind: .inverted(cell: Int32(cell), node: node, isFlat: isFlat),
        problem: isFlat
          ? "cell \(label(cell)) has no \(shape.dimension == 2 ? "area" : "volume") near node \(nodeLabel)"
          : "cell \(label(cell)) is turned inside out near node \(nodeLabel)",
        remedy: isFlat
          ? "move its nodes apart, or remove the cell"
          : shape.dimension == 2
            ? "list its nodes counter-clockwise, and check their positions"
            : "list its nodes in the order of the element type, and check their positions"))
  }

  /// The point where the Jacobian is smallest, if that is not above a bound.
  private func worst(
    _ tables: [[SIMD3<Double>]], _ positions: [SIMD3<Double>], _ dimension: Int, below bound: Double
  ) -> (place: Int, jacobian: Double)? {
    var worst: (place: Int, jacobian: Double)?
    for (place, gradients) in tables.enumerated() {
      var (a, b, c) = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>(0, 0, 1))
      for (gradient, position) in zip(gradients, positions) {
        a += gradient.x * position
        b += gradient.y * position
        if dimension == 3 { c += gradient.z * position }
      }
      if dimension == 3 { c -= SIMD3(0, 0, 1) }
      let jacobian = a.cross(b).dot(c)
      if !(jacobian > bound), jacobian < worst?.jacobian ?? .infinity || jacobian.isNaN {
        worst = (place, jacobian)
      }
    }
    return worst
  }

  /// The Jacobian that is nothing but round-off in a cell of this size.
  private func flatness(of positions: [SIMD3<Double>], dimension: Int) -> Double {
    guard var low = positions.first else { return 0 }
    var high = low
    for position in positions {
      low = pointwiseMin(low, position)
      high = pointwiseMax(high, position)
    }
    let size = (high - low).length
    return 1e-14 * (dimension == 3 ? size * size * size : size * size)
  }

  private mutating func checkEdges() {
    var first = 0
    var findingCount = 0
    for block in mesh.blocks {
      defer { first += block.count }
      guard block.shape.isQuadratic else { continue }
      let edges = block.shape.edges
      for index in 0..<block.count {
        let nodes = block.nodes(of: index)
        for (edge, (a, b)) in edges.enumerated() {
          let node = nodes[nodes.startIndex + block.shape.cornerCount + edge]
          let start = mesh.nodes[Int(nodes[nodes.startIndex + a])]
          let along = mesh.nodes[Int(nodes[nodes.startIndex + b])] - start
          let part = (mesh.nodes[Int(node)] - start).dot(along) / along.dot(along)
          // An edge of no length, of a collapsed cell, has its node anywhere: its Jacobian tells.
          guard !along.dot(along).isZero, !(part > 0 && part < 1) else { continue }
          findingCount += 1
          guard findingCount <= Self.capacity else { return }
          findings.append(
            MeshFinding(
              severity: .error, kind: .nodeOutsideEdge(cell: Int32(first + index), node: node),
              problem:
                "the mid-side node \(mesh.nodeLabels[Int(node)]) of cell \(label(first + index)) "
                + "lies beyond the ends of its edge",
              remedy: "check the order of the cell's nodes"))
        }
      }
    }
  }

  private mutating func checkDuplicates() {
    var first = 0
    var findingCount = 0
    for block in mesh.blocks {
      defer { first += block.count }
      // A sum over the nodes that no order of them changes; equal sums are looked at node by node.
      var firstWithSum: [UInt64: Int32] = [:]
      firstWithSum.reserveCapacity(block.count)
      for index in 0..<block.count {
        let nodes = block.nodes(of: index)
        let sum = nodes.reduce(UInt64(0)) { sum, node in
          let mixed = (UInt64(UInt32(bitPattern: node)) &+ 1) &* 0x9E37_79B9_7F4A_7C15
          return sum &+ (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
        }
        guard let twin = firstWithSum[sum] else {
          firstWithSum[sum] = Int32(index)
          continue
        }
        guard block.nodes(of: Int(twin)).sorted() == nodes.sorted() else { continue }
        findingCount += 1
        guard findingCount <= Self.capacity else { return }
        findings.append(
          MeshFinding(
            severity: .warning,
            kind: .duplicate(cell: Int32(first + index), of: Int32(first) + twin),
            problem: "cell \(label(first + index)) has the same nodes as cell "
              + "\(label(first + Int(twin)))",
            remedy: "remove one of them: the material there counts twice"))
      }
    }
  }

  // MARK: Nodes

  private mutating func checkNodes() {
    var isUsed = [Bool](repeating: false, count: mesh.nodes.count)
    for block in mesh.blocks {
      for node in block.connectivity { isUsed[Int(node)] = true }
    }
    let unused = isUsed.indices.filter { !isUsed[$0] }
    if let first = unused.first {
      findings.append(
        MeshFinding(
          severity: .note, kind: .unused(count: unused.count, first: Int32(first)),
          problem: unused.count == 1
            ? "node \(mesh.nodeLabels[first]) belongs to no cell"
            : "\(unused.count) nodes belong to no cell, node \(mesh.nodeLabels[first]) the first",
          remedy: ""))
    }

    let used = isUsed.indices.filter { isUsed[$0] }
    guard var low = used.first.map({ mesh.nodes[$0] }) else { return }
    var high = low
    for node in used {
      low = pointwiseMin(low, mesh.nodes[node])
      high = pointwiseMax(high, mesh.nodes[node])
    }
    let tolerance = 1e-9 * (high - low).length
    // Cubes twice the tolerance wide: who is near lies in the same one or in a neighbour. The first node
    // of a cube stands for those that come after it.
    guard tolerance > 0, tolerance.isFinite else { return }
    func cube(_ position: SIMD3<Double>) -> SIMD3<Int64> {
      let scaled = ((position - low) / (2 * tolerance)).rounded(.down)
      return SIMD3(Int64(scaled.x), Int64(scaled.y), Int64(scaled.z))
    }
    var firstInCube: [SIMD3<Int64>: Int32] = [:]
    firstInCube.reserveCapacity(used.count)
    var findingCount = 0
    for node in used {
      let position = mesh.nodes[node]
      guard position.length.isFinite else { continue }
      // Of the neighbours only those the ball about the node reaches, mostly none.
      let (from, to) = (cube(position - tolerance), cube(position + tolerance))
      var twin: Int32?
      for x in from.x...to.x {
        for y in from.y...to.y {
          for z in from.z...to.z {
            guard let other = firstInCube[SIMD3(x, y, z)],
              (mesh.nodes[Int(other)] - position).length <= tolerance
            else { continue }
            twin = min(twin ?? other, other)
          }
        }
      }
      guard let twin else {
        let homeCube = cube(position)
        if firstInCube[homeCube] == nil { firstInCube[homeCube] = Int32(node) }
        continue
      }
      findingCount += 1
      guard findingCount <= Self.capacity else { return }
      findings.append(
        MeshFinding(
          severity: .warning, kind: .coincident(node: Int32(node), with: twin),
          problem:
            "nodes \(mesh.nodeLabels[Int(twin)]) and \(mesh.nodeLabels[node]) lie in one place",
          remedy: "merge them if the cells there are to be joined"))
    }
  }

  private func label(_ cell: Int) -> Int {
    let (block, index) = mesh.place(of: cell)
    return mesh.blocks[block].labels[index]
  }
}

extension Mesh {
  /// What a soundness check finds, errors first: see ``MeshCheck``.
  public func findings() -> [MeshFinding] { MeshCheck.findings(in: self) }

  /// The errors a soundness check finds, as faults of the file the mesh came from.
  public func faults(inFile file: String) -> [InputFault] {
    findings().filter { $0.severity == .error }.map { $0.fault(inFile: file) }
  }
}
