import Manufacturability
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem

/// How loads are written must not matter: only the forces on nodes do.
@Suite("Nodal loads") struct NodalLoadsTests {
  private static let size = GridSize(columns: 32, rows: 32)
  /// The nodes of the right edge, from the bottom.
  private static let edge = (0...32).map { [32.0, Double($0)] }

  private static func problem(_ loads: [MechanicalLoad]) -> DesignTask {
    DesignTask(
      size: size, supports: [Support(.edge(side: .left), axes: [.x, .y])], loads: loads,
      volumeFraction: 0.4)
  }

  struct Form: CustomTestStringConvertible {
    let testDescription: String
    let loads: [MechanicalLoad]

    init(_ name: String, _ loads: [MechanicalLoad]) {
      testDescription = name
      self.loads = loads
    }
  }

  /// 700 N over the right edge and 300 N on one node, in other words.
  static let even: [Form] = {
    let force = [420.0, -560.0]
    let point = MechanicalLoad(.point(at: [20, 32]), force: [0, -300])
    let whole = MechanicalLoad(.edge(side: .right), force: force)
    let single = edge.map {
      MechanicalLoad(.point(at: $0), force: force.map { $0 / Double(edge.count) })
    }
    let half = MechanicalLoad(.edge(side: .right), force: force.map { 0.5 * $0 })
    return [
      Form("an edge", [whole, point]), Form("another order", [point, whole]),
      Form(
        "a box", [MechanicalLoad(.box(lower: [32, 0], upper: [32, 32]), force: force), point]),
      Form("points", [MechanicalLoad(.points(at: edge.reversed()), force: force), point]),
      Form("a load for each node", single + [point]),
      Form("the same backwards", [point] + single.reversed()),
      Form("two halves on the same nodes", [half, point, half]),
      Form(
        "a force in its parts",
        [
          MechanicalLoad(.edge(side: .right), force: [420, 0]), point,
          MechanicalLoad(.edge(side: .right), force: [0, -560]),
        ]),
      Form(
        "two boxes end to end",
        [
          MechanicalLoad(
            .box(lower: [32, 0], upper: [32, 10]), force: force.map { $0 * 11 / 33 }),
          MechanicalLoad(
            .box(lower: [32, 11], upper: [32, 32]), force: force.map { $0 * 22 / 33 }), point,
        ]),
    ]
  }()

  @Test("gives the same fields, drawing and design", arguments: even)
  func isTheSame(_ form: Form) throws {
    let (one, other) = (Self.problem(Self.even[0].loads), Self.problem(form.loads))
    #expect(NodalLoads(of: one) == NodalLoads(of: other))
    #expect(one.withNodalLoads == other.withNodalLoads)
    #expect(
      try ConditioningFields().fields(of: [one])[0].get()
        == ConditioningFields().fields(of: [other])[0].get())
    #expect(one.loadElements == other.loadElements)
    let noise = one.manufacturability().randomDesign(in: 0...1, seed: 3)
    #expect(FinishedDesign(noise, for: one) == FinishedDesign(noise, for: other))
    let refinement = DesignRefinement(iterationCount: 2)
    #expect(
      try refinement.refined([noise], for: [one.withNodalLoads])
        == refinement.refined([noise], for: [other.withNodalLoads]))
  }

  @Test func `a uniform traction is the same as its forces node by node`() throws {
    let whole = Self.problem([
      MechanicalLoad(.edge(side: .right), force: [0, -640], sharing: .uniform)
    ])
    // Nodes at the ends take half.
    let single = Self.problem(
      Self.edge.enumerated().map { place, at in
        MechanicalLoad(.point(at: at), force: [0, place == 0 || place == 32 ? -10 : -20])
      }.shuffled(seed: 5))
    #expect(whole.withNodalLoads == single.withNodalLoads)
    let fields = try ConditioningFields().fields(of: [whole])[0].get()
    #expect(try fields == ConditioningFields().fields(of: [single])[0].get())
    // One load of 640 N: its inner nodes have a 32nd of it, and two of them touch an element at the edge.
    let element = 16 * 32 + 31
    #expect(fields[10 * Self.size.elementCount + element] == -2.0 / 32)
  }

  @Test func `what is written once in one form stays as it is`() throws {
    for form in Self.even {
      let problem = Self.problem(form.loads).withNodalLoads
      #expect(problem.withNodalLoads == problem)
    }
  }

  /// So the fields that models are trained on have the bits they had.
  @Test(arguments: [PartProblems.Source.seen, .unseen])
  func `loads that the sampler draws keep their nodes and the bits of their forces`(
    _ source: PartProblems.Source
  ) throws {
    let size = GridSize(columns: 64, rows: 64)
    var count = 0
    for number in 0..<128 {
      let problem = try PartProblems(size: size, source: source).problem(number, seed: 1)
      let grid = problem.grid
      let nodes = problem.loads.map { grid.nodes(in: $0.region) }
      // Where two loads share a node nothing but their sum is left.
      guard Set(nodes.joined()).count == nodes.joined().count else { continue }
      count += 1
      let loads = problem.withNodalLoads.loads
      #expect(
        Set(zip(nodes, problem.loads.map(\.force)).map { "\($0) \($1)" })
          == Set(loads.map { "\(grid.nodes(in: $0.region)) \($0.force)" }))
      #expect(loads.allSatisfy { $0.sharing == .even })
    }
    #expect(count > 120)
  }

  @Test func `forces along a held direction go into the support and are left out`() {
    let problem = DesignTask(
      size: Self.size,
      supports: [
        Support(.edge(side: .left), axes: [.x, .y]), Support(.edge(side: .bottom), axes: [.y]),
      ],
      loads: [MechanicalLoad(.edge(side: .bottom), force: [330, -330])], volumeFraction: 0.4)
    let groups = NodalLoads(of: problem).groups
    #expect(groups.count == 1)
    #expect(groups[0].nodes == Array(1...32) && groups[0].total == SIMD2(320, 0))
  }

  @Test func `opposite forces on one node are none`() {
    let force = MechanicalLoad(.point(at: [32, 16]), force: [0, -100])
    let pair = [
      MechanicalLoad(.point(at: [32, 4]), force: [10, 0.3]),
      MechanicalLoad(.point(at: [32, 4]), force: [-10, -0.3]),
    ]
    #expect(
      Self.problem(pair + [force]).withNodalLoads == Self.problem([force]).withNodalLoads)
  }
}

extension Array {
  /// The elements in an order that depends on a seed alone.
  fileprivate func shuffled(seed: UInt64) -> Self {
    var random = SeededGenerator(seed: seed)
    return shuffled(using: &random)
  }
}
