import Meshing
import Testing

@testable import ThermoElasticity

@Suite("Rigid motions") struct RigidMotionTests {
  static func held(_ slots: [(Int, Int)]) -> [PrescribedValue] {
    slots.map { PrescribedValue(node: Int32($0.0), component: $0.1, value: 0) }
  }

  static func motions(_ mesh: Mesh, _ held: [PrescribedValue]) -> [RigidMotion] {
    do {
      _ = try ElasticSystem(model(mesh), held: held)
      return []
    } catch SolveError.rigidMotions(let motions) {
      return motions
    } catch {
      Issue.record("unexpected \(error)")
      return []
    }
  }

  @Test func `a free body is named as not held at all`() {
    let found = Self.motions(unitCube(2), [])
    #expect(found.count == 1)
    #expect(found.first?.motions == ["it is not held at all (6 rigid motions)"])
  }

  @Test func `a hinge is named with its axis`() {
    // nodes on the edge y = 0, z = 0 held in all directions: free to turn about x
    let mesh = unitCube(2)
    let edge = mesh.nodes.indices.filter { mesh.nodes[$0].y == 0 && mesh.nodes[$0].z == 0 }
    let found = Self.motions(mesh, Self.held(edge.flatMap { node in (0..<3).map { (node, $0) } }))
    #expect(found.count == 1)
    #expect(found.first?.motions.count == 1)
    #expect(found.first?.motions.first?.contains("rotation about the axis along x") == true)
    #expect(found.first?.description.contains("hold for example node") == true)
  }

  @Test func `a roller leaves translations`() {
    let mesh = unitCube(2)
    let floor = mesh.nodes.indices.filter { mesh.nodes[$0].z == 0 }
    let found = Self.motions(mesh, Self.held(floor.map { ($0, 2) }))
    #expect(found.first?.motions.count == 3)
  }

  @Test func `two bodies not joined are named each`() {
    var mesh = unitCube(1)
    let other = unitCube(1)
    let shift = Int32(mesh.nodes.count)
    mesh.nodes += other.nodes.map { $0 + SIMD3(3, 0, 0) }
    mesh.nodeLabels = Array(1...mesh.nodes.count)
    mesh.blocks[0].connectivity += other.blocks[0].connectivity.map { $0 + shift }
    mesh.blocks[0].labels = [1, 2]
    mesh.cellSets = ["LEFT": [0], "RIGHT": [1]]
    let found = Self.motions(
      mesh, Self.held((0..<8).flatMap { node in (0..<3).map { (node, $0) } }))
    #expect(found.count == 1)
    #expect(found.first?.body.contains("RIGHT") == true)
  }

  @Test func `two cells that share one edge turn about it`() {
    var mesh = unitCube(1)
    // a second cube that shares the edge x = 1, y = 1
    let more: [SIMD3<Double>] = [
      [2, 1, 0], [2, 2, 0], [1, 2, 0], [2, 1, 1], [2, 2, 1], [1, 2, 1],
    ]
    mesh.nodes += more
    mesh.nodeLabels = Array(1...14)
    mesh.blocks[0].connectivity += [3, 8, 9, 10, 7, 11, 12, 13]
    mesh.blocks[0].labels = [1, 2]
    let found = Self.motions(
      mesh, Self.held((0..<8).flatMap { node in (0..<3).map { (node, $0) } }))
    #expect(found.count == 1)
    #expect(
      found.first?.motions.first?.contains("rotation about the axis along z through (1, 1,") == true
    )
  }

  @Test func `an equation to a held body holds`() throws {
    var mesh = unitCube(1)
    let other = unitCube(1)
    mesh.nodes += other.nodes.map { $0 + SIMD3(1, 0, 0) }
    mesh.nodeLabels = Array(1...16)
    mesh.blocks[0].connectivity += other.blocks[0].connectivity.map { $0 + 8 }
    mesh.blocks[0].labels = [1, 2]
    var tied = model(mesh)
    for (a, b) in [(8, 1), (10, 3), (12, 5), (14, 7)] {
      for component in 0..<3 {
        tied.constraints.append(
          LinearConstraint([
            .init(node: Int32(a), component: component, coefficient: 1),
            .init(node: Int32(b), component: component, coefficient: -1),
          ]))
      }
    }
    let held = Self.held([0, 2, 4, 6].flatMap { node in (0..<3).map { (node, $0) } })
    #expect(throws: Never.self) { _ = try ElasticSystem(tied, held: held) }
    // Without the equations the second body is free.
    tied.constraints = []
    #expect(throws: (any Error).self) { _ = try ElasticSystem(tied, held: held) }
  }

  @Test("every set of held values that leaves a motion is caught, and no other", arguments: 0..<40)
  func seeded(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let mesh = unitCube(2)
    let values = (0..<3 + next(5)).map { _ in (next(27), next(3)) }
    // rank of the rows [d, x × d] by exact elimination over integers (coordinates doubled)
    var rows = values.map { node, axis -> [Int] in
      let p = mesh.nodes[node] * 2
      let (x, y, z) = (Int(p.x), Int(p.y), Int(p.z))
      let d = [[1, 0, 0], [0, 1, 0], [0, 0, 1]][axis]
      return d + [y * d[2] - z * d[1], z * d[0] - x * d[2], x * d[1] - y * d[0]]
    }
    var rank = 0
    for column in 0..<6 {
      guard let pivot = (rank..<rows.count).first(where: { rows[$0][column] != 0 }) else {
        continue
      }
      rows.swapAt(rank, pivot)
      for row in rank + 1..<max(rank + 1, rows.count) {
        let factor = rows[row][column]
        for k in 0..<6 { rows[row][k] = rows[row][k] * rows[rank][column] - factor * rows[rank][k] }
      }
      rank += 1
    }
    #expect(Self.motions(mesh, Self.held(values)).isEmpty == (rank == 6))
  }
}
