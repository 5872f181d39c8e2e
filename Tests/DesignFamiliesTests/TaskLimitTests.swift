import Manufacturability
import Testing

@testable import DesignFamilies
@testable import DesignProblem

@Suite("Limits of a task") struct TaskLimitTests {
  static let size = GridSize(columns: 32, rows: 32)
  /// A bar of the whole grid, free to contract, pulled along x by 640 N over its end: 20 MPa everywhere, and 20/E · 32 mm at the end.
  static let bar: DesignTask = {
    var bar = DesignTask(
      size: size,
      supports: [
        Support(.edge(side: .left), axes: [.x]),
        Support(.corner(sides: [.left, .bottom]), axes: [.y]),
      ],
      loads: [MechanicalLoad(.edge(side: .right), force: [640, 0], sharing: .uniform)],
      volumeFraction: 1)
    bar.stated.terms += [
      Term(.displacement(region: .edge(side: .right), direction: [1, 0]), weight: 0),
      Term(.stress(Aggregate(exponent: 10)), weight: 0),
    ]
    return bar
  }()
  static let elongation = 20.0 / 68_900 * 32
  static let solid = SolidDesign(
    size: size, solid: [Bool](repeating: true, count: size.elementCount))

  @Test func `an excess is what a textbook's bar has beyond its bound`() throws {
    var task = Self.bar
    task.limits = [
      TaskLimit("displacement", .value(Self.elongation / 1.25), reason: "test"),
      // 1,024 elements of one stress: a norm of order 10 is twice the stress.
      TaskLimit("stress", .value(50), reason: "test"),
      TaskLimit("compliance", .ofReference(2), reason: "test"),
    ]
    let compliance = 640 * Self.elongation
    let quality = try DesignQuality.strictly(
      [Self.solid], for: [task], references: [compliance])[0]
    for (excess, expected) in zip(quality.limitExcesses, [0.25, -0.2, -0.5]) {
      // The solve ends at a residual of 1e-6.
      #expect(abs(excess - expected) < 1e-5)
    }
    #expect(quality.breaksLimit && !quality.isSignedOff(SignOffLimits()))
    #expect(abs(quality.objectiveError) < 1e-5)
  }

  @Test func `a limit on the objective takes the place of the sign-off's own`() throws {
    var task = Self.bar
    let compliance = 640 * Self.elongation
    func isSignedOff(_ limits: [TaskLimit]) throws -> Bool {
      task.limits = limits
      return try DesignQuality.strictly(
        [Self.solid], for: [task], references: [compliance / 1.2])[0].isSignedOff(SignOffLimits())
    }
    #expect(try !isSignedOff([]))
    #expect(try isSignedOff([TaskLimit("compliance", .ofReference(1.3), reason: "test")]))
    #expect(try !isSignedOff([TaskLimit("compliance", .ofReference(1.15), reason: "test")]))
    #expect(try !isSignedOff([TaskLimit("displacement", .value(1), reason: "test")]))
  }

  @Test
  func `a design that keeps its limits is better, then the smaller excess, then the objective`()
    throws
  {
    func judged(_ bound: Double, weakened: Bool) throws -> JudgedDesign {
      var task = Self.bar
      task.limits = [TaskLimit("displacement", .value(bound * Self.elongation), reason: "test")]
      var density = [Double](repeating: 1, count: Self.size.elementCount)
      if weakened {
        // Thirty-two elements are missing in the middle: softer.
        for element in 512..<544 { density[element] = 0 }
        task.volumeFraction = 31.0 / 32
      }
      return try JudgedDesign.of([FinishedDesign(density, for: task)], for: [task])[0]
    }
    let (stiff, soft) = (try judged(2, weakened: false), try judged(2, weakened: true))
    #expect(stiff.excess == 0 && soft.excess == 0 && stiff.objective < soft.objective)
    #expect(stiff.isBetter(than: soft) && !soft.isBetter(than: stiff))
    let (beyond, far) = (try judged(0.9, weakened: false), try judged(0.5, weakened: false))
    #expect(beyond.objective < soft.objective)
    #expect(soft.isBetter(than: beyond) && !beyond.isBetter(than: soft))
    #expect(beyond.isBetter(than: far) && !far.isBetter(than: beyond))
  }

  @Test func `where a load hangs on nothing every limit is broken without end`() throws {
    var task = Self.bar
    task.limits = [TaskLimit("displacement", .value(1), reason: "test")]
    let empty = SolidDesign(
      size: Self.size, solid: [Bool](repeating: false, count: Self.size.elementCount))
    let quality = try DesignQuality.strictly([empty], for: [task], references: [1])[0]
    #expect(quality.limitExcesses == [.infinity] && quality.breaksLimit)
  }
}
