import Meshing
import NumericalMethods
import Quantities
import Testing

@testable import DesignValidation

@Suite("Reading figures") struct FieldReaderTests {
  private let millimetre = PhysicalUnit("mm", scale: 1e-3, .length)

  private func sample(
    _ read: String, _ place: Place?, of model: SolvedModel = bar(), step: Int? = nil
  )
    throws -> FieldReader.Sample
  {
    let observable = try #require(Observable(read))
    return try FieldReader(model, step: step, length: millimetre).sample(observable, at: place)
  }

  @Test func `a node is found by its label`() throws {
    let found = try sample("displacement x", .node(3))
    #expect(found.value == 0.5)
    #expect(found.location == "node 3 (2, 0, 0)")
    #expect(found.node == 3)
  }

  @Test func `a set gives the mean, of reactions and heat flow the sum`() throws {
    #expect(try sample("displacement x", .set("ALL")).value == 0.25)
    #expect(try sample("displacement x", .set("tip")).value == 0.5)
    #expect(try sample("reaction x", .set("ROOT")).value == -10)
    #expect(try sample("heat-flow", .set("TIP")).value == 3)
    #expect(try sample("temperature", .set("ALL")).value == 30)
  }

  @Test func `extremes name their node`() throws {
    let model = bar(stress: [1, -7, 3, 4, 5, 6])
    let largest = try sample("stress xx", .max, of: model)
    #expect(largest.value == 6 && largest.node == 6)
    let smallest = try sample("stress xx", .min, of: model)
    #expect(smallest.value == -7 && smallest.node == 2)
    let farthest = try sample("stress xx", .maxMagnitude, of: model)
    #expect(farthest.value == -7 && farthest.node == 2)
  }

  @Test func `nodes without a cell are no extremes`() throws {
    var model = bar()
    model.mesh.nodes.append([9, 9, 9])
    model.mesh.nodeLabels.append(99)
    model.steps[0].displacement?.append([1000, 0, 0])
    #expect(try sample("displacement x", .max, of: model).value == 0.5)
  }

  @Test func `a point on a node is that node, elsewhere it is interpolated`() throws {
    let inch = PhysicalUnit("in", scale: 0.0254, .length)
    let onNode = Place.point([Quantity(2 / 25.4, inch), Quantity(0, inch)])
    #expect(try sample("displacement x", onNode).node == 3)
    let between = Place.point([Quantity(1.5, millimetre), Quantity(0.25, millimetre)])
    var model = bar()
    let error = #expect(throws: ReadingFault.self) {
      try sample("displacement x", between, of: model)
    }
    #expect(error?.description.contains("no node lies at point (1.5, 0.25, 0)") == true)
    model.interpolation = { $0.weights(at: $1) }
    let found = try sample("displacement x", between, of: model)
    // The field is linear, and bilinear cells hold linear fields to round-off.
    #expect(abs(found.value - 0.375) < 1e-14)
    let outside = Place.point([Quantity(5, millimetre), Quantity(0, millimetre)])
    let fault = #expect(throws: ReadingFault.self) {
      try sample("displacement x", outside, of: model)
    }
    #expect(fault?.description.contains("the nearest node is 3") == true)
  }

  @Test(
    "invariants of a stress",
    arguments: [
      ("stress von-mises", 264.5751), ("stress max-principal", 300), ("stress mid-principal", 200),
      ("stress min-principal", 0), ("stress xy", 50),
    ])
  func invariants(_ read: String, _ expected: Double) throws {
    var model = bar()
    // Turned by 45 degrees: normal stresses 250 ± 50 in the plane, nothing across it.
    let stress = SymmetricTensor(xx: 250, yy: 250, xy: 50)
    model.steps[0].stress = Array(repeating: stress, count: 6)
    #expect(abs(try sample(read, .node(1), of: model).value - expected) < 1e-4)
  }

  @Test func `magnitude is the length of the vector`() throws {
    #expect(abs(try sample("displacement magnitude", .node(3)).value - 0.7071068) < 1e-7)
  }

  @Test(
    "what cannot be read says why",
    arguments: [
      ("displacement x", Place.node(77), "no node 77"),
      ("displacement x", .set("TPI"), "did you mean 'TIP'"),
      ("displacement x", .set("TPI"), "it has ALL, NONE, ROOT, TIP"),
      ("displacement x", .set("BODY"), "a set of elements"),
      ("displacement x", .set("NONE"), "is empty"),
    ])
  func refuses(_ read: String, _ place: Place, _ reason: String) {
    let error = #expect(throws: ReadingFault.self) { try sample(read, place) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func `a field the step does not compute is an error, a step that is not there too`() {
    var model = bar()
    model.steps[0].stress = nil
    let error = #expect(throws: ReadingFault.self) { try sample("stress xx", .max, of: model) }
    #expect(error?.description == "the step computes no stress")
    let fault = #expect(throws: ReadingFault.self) { try sample("stress xx", .max, step: 2) }
    #expect(fault?.description == "there is no step 2; the deck has 1")
  }

  @Test(
    "no number is never read",
    arguments: [Double.nan, .infinity, -.infinity],
    [Place.node(2), .set("ALL"), .max, .min, .maxMagnitude])
  func noNumber(_ value: Double, _ place: Place) {
    let model = bar(stress: [1, value, 3, 4, 5, 6])
    for read in ["stress xx", "stress von-mises", "stress max-principal"] {
      let error = #expect(throws: ReadingFault.self) { try sample(read, place, of: model) }
      #expect(error?.description.contains("is NaN or infinite") == true)
    }
  }

  @Test func `a field of another length is an error, not a crash`() {
    var model = bar()
    model.steps[0].stress?.removeLast()
    #expect(throws: ReadingFault.self) { try sample("stress xx", .max, of: model) }
  }
}

@Suite("Values inside cells") struct MeshWeightsTests {
  /// A linear field is held by every cell, whatever its shape.
  @Test(
    "hold a linear field",
    arguments: CellShape.allCases.filter { $0.dimension >= 2 })
  func holdsLinearField(_ shape: CellShape) throws {
    func field(_ p: SIMD3<Double>) -> Double { 3 + 2 * p.x - p.y + 5 * p.z }
    // Corners of the reference cell, slightly sheared; straight edges keep the mid-side nodes amid.
    func moved(_ p: SIMD3<Double>) -> SIMD3<Double> {
      [4 + p.x + 0.2 * p.y, p.y - 0.1 * p.x, shape.dimension == 3 ? p.z + 0.3 * p.x : 0]
    }
    let nodes = shape.sampleNodes.map(moved)
    let mesh = Mesh(
      nodes: nodes,
      blocks: [CellBlock(shape: shape, connectivity: nodes.indices.map { Int32($0) })])
    let inside = nodes.prefix(shape.cornerCount).reduce(.zero, +) / Double(shape.cornerCount)
    let point = inside * 0.7 + nodes[0] * 0.3
    let weights = try #require(mesh.weights(at: point))
    #expect(abs(weights.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    let value = weights.reduce(0) { $0 + $1.weight * field(nodes[Int($1.node)]) }
    #expect(abs(value - field(point)) < 1e-10)
    #expect(mesh.weights(at: inside + [9, 9, 0]) == nil)
  }
}

extension CellShape {
  /// Positions of the reference nodes, written down here again: corners, then the middles of the edges.
  fileprivate var sampleNodes: [SIMD3<Double>] {
    let corners: [SIMD3<Double>] =
      switch linear {
      case .triangle3: [[0, 0, 0], [1, 0, 0], [0, 1, 0]]
      case .quadrilateral4: [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]
      case .tetrahedron4: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .wedge6: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]]
      default:
        [
          [0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1],
        ]
      }
    return isQuadratic ? corners + edges.map { (corners[$0.0] + corners[$0.1]) / 2 } : corners
  }
}
