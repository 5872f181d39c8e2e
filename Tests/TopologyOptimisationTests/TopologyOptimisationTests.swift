import Foundation
import Parallelism
import Testing

@testable import DesignProblem
@testable import Manufacturability
@testable import TopologyOptimisation

@Suite("Topology optimisation") struct TopologyOptimisationTests {
  static func mbbBeam(_ radius: Double = 2.4) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: 60, rows: 20),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      supports: [
        Support(.edge(side: .left), axes: [.x]),
        Support(.corner(sides: [.right, .bottom]), axes: [.y]),
      ],
      loadCases: [
        LoadCase(loads: [MechanicalLoad(.corner(sides: [.left, .top]), force: [0, -1])])
      ],
      filter: DensityFilter(radius: radius), terms: [Term(.compliance())])
  }

  static func cantilever(columns: Int = 64, rows: Int = 64, radius: Double = 2)
    -> ManufacturabilityProblem
  {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [
        LoadCase(loads: [
          MechanicalLoad(
            .point(at: [Double(columns), Double(rows) / 2]), force: [0, -1])
        ])
      ],
      filter: DensityFilter(radius: radius), terms: [Term(.compliance())])
  }

  typealias Options = OptimisationOptions

  /// A small cantilever whose runs take milliseconds.
  static func small(_ load: [Double] = [0, -1], columns: Int = 16, rows: Int = 10)
    -> ManufacturabilityProblem
  {
    var problem = cantilever(columns: columns, rows: rows, radius: 1.5)
    problem.loadCases[0].loads[0].force = load
    return problem
  }

  @Test(arguments: [
    ("the MBB beam", mbbBeam(), EightyEightLines.mbbBeam()),
    ("the square cantilever", cantilever(), .cantilever()),
  ])
  func `is as stiff as what a straightforward optimiser finds`(
    _ name: String, _ problem: ManufacturabilityProblem, _ reference: EightyEightLines
  ) throws {
    let known = try reference.optimised()
    for method in Options.Method.allCases {
      var run = try TopologyOptimisation(
        of: problem,
        Options(
          method: method, volumeFraction: reference.volumeFraction, iterationLimit: 1000))
      try run.run(factorization: .automatic)
      let last = try #require(run.history.last)
      #expect(run.state == .converged)
      #expect(last.objective <= 1.005 * known.compliance, "\(name), \(method)")
      // The same algorithm ends in the same design; moving asymptotes may find a better one.
      if method == .optimalityCriteria {
        #expect(abs(last.objective / known.compliance - 1) <= 0.005, "\(name)")
        // Round-off of a sum over the elements.
        #expect(abs(last.volume - reference.volumeFraction) <= 1e-12)
      }
      // The limit on the volume is left a slack of ε/λ by the interior point method.
      #expect(last.volume <= reference.volumeFraction * (1 + 1e-9))
      #expect(last.volume >= reference.volumeFraction * (1 - 1e-4))
    }
  }

  @Test func `the least volume for the stiffness of a given volume is that volume`() throws {
    let problem = Self.small()
    var stiffest = try TopologyOptimisation(
      of: problem,
      Options(
        method: .movingAsymptotes, volumeFraction: 0.4, iterationLimit: 300,
        changeTolerance: 1e-3))
    try stiffest.run()
    let compliance = try #require(stiffest.history.last?.objective)
    var swapped = problem
    swapped.terms = [Term(.compliance(), weight: 0), Term(.volume())]
    var lightest = try TopologyOptimisation(
      of: swapped,
      Options(
        method: .movingAsymptotes, limits: [.init("compliance", atMost: compliance)],
        iterationLimit: 300, changeTolerance: 1e-3))
    try lightest.run()
    let last = try #require(lightest.history.last)
    #expect(last.violation <= 1e-4)
    #expect(last.terms["compliance"] ?? .infinity <= compliance * (1 + 1e-4))
    // Both stop at a change of 1e-3, in local optima of their own.
    #expect(abs(last.volume / 0.4 - 1) <= 0.02, "\(last)")
  }

  @Test func `a limit on stress holds in the end, or as nearly as can be`() throws {
    var problem = Self.small(columns: 24, rows: 16)
    problem.loadCases[0].loads = [
      MechanicalLoad(.box(lower: [24, 6], upper: [24, 10]), force: [0, -1], sharing: .uniform)
    ]
    problem.terms.append(Term(.stress(), weight: 0))
    func end(_ problem: ManufacturabilityProblem, stress limit: Double?) throws
      -> TopologyOptimisation.Iteration
    {
      var run = try TopologyOptimisation(
        of: problem,
        Options(
          method: .movingAsymptotes, volumeFraction: 0.5,
          limits: limit.map { [.init("stress", atMost: $0)] } ?? []))
      try run.run()
      #expect(run.state == .converged)
      return try #require(run.history.last)
    }
    let stiffest = try end(problem, stress: nil)
    let stress = try #require(stiffest.terms["stress"])
    let held = try end(problem, stress: 0.95 * stress)
    // Each step meets its own approximation of the limit; a last move of 0.01 leaves its square.
    #expect(held.violation <= 1e-4)
    #expect(held.objective > stiffest.objective)

    var reversed = problem
    reversed.terms[0].weight = 0
    reversed.terms[1].weight = 1
    let least = try end(reversed, stress: nil)
    let hopeless = try end(problem, stress: 0.8 * stress)
    #expect(hopeless.violation > 0.1)
    // Two runs that stop at a change of 0.01.
    #expect(abs((hopeless.terms["stress"] ?? 0) / least.objective - 1) <= 0.01)
  }

  @Test func `a limit on displacement is used up by the lightest design`() throws {
    var problem = Self.small()
    problem.terms = [
      Term(.volume()),
      Term(.displacement(region: .edge(side: .right), direction: [0, -1]), weight: 0),
    ]
    var run = try TopologyOptimisation(
      of: problem,
      Options(method: .movingAsymptotes, limits: [.init("displacement", atMost: 60)]))
    try run.run()
    let last = try #require(run.history.last)
    #expect(run.state == .converged)
    #expect(abs((last.terms["displacement"] ?? 0) - 60) <= 60 * 1e-3)
    #expect(last.volume < 0.5)
  }

  @Test func `a heated plate is cooled by leading the heat to its sink`() throws {
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 20, rows: 20),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3, conductivity: 1)],
      void: VoidPhase(conductivityRatio: 1e-3),
      heat: HeatConduction(
        sources: [.init(.box(lower: [0, 0], upper: [20, 20]), power: 1)],
        sinks: [.init(.box(lower: [0, 8], upper: [0, 12]), temperature: 0)]),
      filter: DensityFilter(radius: 1.5), terms: [Term(.temperature(exponent: 4))])
    var run = try TopologyOptimisation(
      of: problem, Options(method: .movingAsymptotes, volumeFraction: 0.4, iterationLimit: 120))
    try run.run()
    let (first, last) = (try #require(run.history.first), try #require(run.history.last))
    // A uniform plate of 40 % conducts 0.4³ of solid; a tree of solid conducts many times that.
    #expect(last.objective < 0.3 * first.objective)
    #expect(last.volume <= 0.4 * (1 + 1e-6))
    #expect(last.greyness < first.greyness)
  }

  @Test func `a periodic cell is led to a stiffness from a start with a hole`() throws {
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 16, rows: 16),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      void: VoidPhase(stiffnessRatio: 1e-4), filter: DensityFilter(radius: 1.5),
      terms: [
        Term(.effectiveStiffness(row: 0, column: 0, target: 0.3), name: "C11"),
        Term(.effectiveStiffness(row: 1, column: 1, target: 0.1), name: "C22"),
      ])
    var start = [Double](repeating: 0.6, count: 256)
    for element in problem.grid.elements(in: .disc(center: [8, 8], radius: 4)) {
      start[element] = 0.1
    }
    var run = try TopologyOptimisation(
      of: problem,
      Options(
        method: .movingAsymptotes, volumeFraction: 0.5, iterationLimit: 1000, changeTolerance: 1e-4),
      startingAt: start)
    #expect(run.design == start)
    try run.run(factorization: .automatic)
    let (first, last) = (try #require(run.history.first), try #require(run.history.last))
    #expect(first.objective > 0.01)
    // Squared deviations in parts of the targets. At a minimum of zero all slopes vanish, and moving asymptotes, which see nothing but
    // slopes, swing about it, by up to a tenth in some of the first 200 iterations, until they settle.
    #expect(run.history.count < 1000)
    #expect(last.objective < 1e-8)
    #expect(last.volume <= 0.5 * (1 + 1e-6))
  }

  @Test func `a start of the wrong size or with no densities is refused`() {
    for (start, place) in [([0.5, 0.5], "2 values"), (Array(repeating: 1.5, count: 160), "1.5")] {
      do {
        _ = try TopologyOptimisation(
          of: Self.small(), Options(volumeFraction: 0.4), startingAt: start)
        Issue.record("a start was taken that is no design")
      } catch {
        #expect(error.faults.map(\.place) == ["optimisation.start"])
        #expect(error.description.contains(place))
      }
    }
  }

  @Test func `voxels are optimised by the same code`() throws {
    let problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 10, rows: 6, layers: 4),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      supports: [Support(.edge(side: .left), axes: [.x, .y, .z])],
      loadCases: [
        LoadCase(loads: [MechanicalLoad(.edge(side: .right), force: [0, -1, 0])])
      ], filter: DensityFilter(radius: 1.5), terms: [Term(.compliance())])
    var run = try TopologyOptimisation(
      of: problem, Options(volumeFraction: 0.4, iterationLimit: 40))
    try run.run()
    let (first, last) = (try #require(run.history.first), try #require(run.history.last))
    #expect(last.objective < 0.5 * first.objective)
    #expect(abs(last.volume - 0.4) <= 1e-12)
    // What the problem has of symmetry across its layers the design keeps.
    let layer = 60
    for element in 0..<layer {
      let (a, b) = (run.physicalDensity[element], run.physicalDensity[3 * layer + element])
      #expect(abs(a - b) <= 1e-6)
    }
  }

  @Test(arguments: Options.Method.allCases)
  func `penalty and steepness grow as scheduled, and designs become black and white`(
    _ method: Options.Method
  ) throws {
    var problem = Self.small(columns: 24, rows: 16)
    problem.penaltyContinuation = Continuation(start: 1, step: 0.5, interval: 5, end: 3)
    problem.projectionContinuation = Continuation(
      start: 1, step: 2, interval: 15, end: 32, isGeometric: true)
    var run = try TopologyOptimisation(
      of: problem, Options(method: method, volumeFraction: 0.4, iterationLimit: 150))
    try run.run()
    #expect(
      run.history.map(\.penalty).prefix(21)
        == ArraySlice(
          Array(repeating: 1, count: 5) + Array(repeating: 1.5, count: 5)
            + Array(repeating: 2, count: 5) + Array(repeating: 2.5, count: 5) + [3]))
    #expect(run.history[14].steepness == 1 && run.history[15].steepness == 2)
    #expect(run.history.last?.steepness == 32)
    // Nothing ends before the schedules do.
    #expect(run.history.count >= 76)
    let last = try #require(run.history.last)
    #expect(last.greyness < 0.1)
    if method == .optimalityCriteria {
      // The projected volume is met exactly by every step, those included that meet a new steepness.
      for iteration in run.history { #expect(abs(iteration.volume - 0.4) <= 1e-12) }
    } else {
      #expect(run.state == .converged)
      #expect(last.volume <= 0.4 * (1 + 1e-4))
    }
  }

  @Test func `passive elements are what they were said to be, and count as volume`() throws {
    var problem = Self.small()
    problem.passive = [
      PassiveRegion(.box(lower: [0, 0], upper: [16, 1]), .solid),
      PassiveRegion(.disc(center: [8, 6], radius: 2), .void),
    ]
    for passive in problem.passive {
      try #require(!problem.grid.elements(in: passive.region).isEmpty)
    }
    for method in Options.Method.allCases {
      var run = try TopologyOptimisation(
        of: problem, Options(method: method, volumeFraction: 0.5, iterationLimit: 40))
      // The uniform start makes up for them.
      try run.run()
      #expect(abs((run.history.first?.volume ?? 0) - 0.5) <= 1e-12)
      #expect(abs((run.history.last?.volume ?? 0) - 0.5) <= 1e-4)
      for element in problem.grid.elements(in: problem.passive[0].region) {
        #expect(run.physicalDensity[element] == 1)
      }
      for element in problem.grid.elements(in: problem.passive[1].region) {
        #expect(run.physicalDensity[element] == 0)
      }
    }
  }

  @Test func `what runs beside a run, and on how many threads, does not change a bit of it`()
    throws
  {
    let problems = [
      Self.small(), Self.small([1, 0]), Self.small(columns: 12, rows: 9), Self.small([1, -1]),
    ]
    let options = Options(volumeFraction: 0.4, iterationLimit: 12, changeTolerance: 0)
    func start() throws -> [TopologyOptimisation] {
      try problems.enumerated().map { place, problem in
        var options = options
        if place == 1 { options.method = .movingAsymptotes }
        if place == 3 { options.iterationLimit = 5 }
        return try TopologyOptimisation(of: problem, options)
      }
    }
    var together = try start()
    try TopologyOptimisation.run(&together)
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    WorkerPool.threadCount = 1
    var alone = try start()
    for place in alone.indices { try alone[place].run(factorization: .automatic) }
    for (a, b) in zip(together, alone) {
      #expect(a.design.map(\.bitPattern) == b.design.map(\.bitPattern))
      #expect(a.history == b.history)
      #expect(a.state == .limitReached)
    }
    #expect(together.map(\.history.count) == [12, 12, 12, 5])
  }

  @Test func `a run with systems one at a time takes the same way`() throws {
    let options = Options(volumeFraction: 0.4, iterationLimit: 20, changeTolerance: 0)
    var sideBySide = try TopologyOptimisation(of: Self.small(), options)
    var oneAtATime = sideBySide
    try sideBySide.run(factorization: .automatic)
    try oneAtATime.run()
    for (a, b) in zip(sideBySide.history, oneAtATime.history) {
      // Residuals of 1e-12, hardly magnified: every step contracts towards the optimum.
      #expect(abs(a.objective / b.objective - 1) <= 1e-10)
    }
  }

  @Test func `a stop leaves the last design that was evaluated, with its history`() throws {
    var whole = [try TopologyOptimisation(of: Self.small(), Options(volumeFraction: 0.4))]
    var stopped = whole
    var designs: [[Double]] = []
    try TopologyOptimisation.run(&whole) { runs in designs.append(runs[0].design) }
    var asked = 0
    try TopologyOptimisation.run(
      &stopped,
      shouldStop: {
        asked += 1
        return asked > 7
      })
    #expect(stopped[0].state == .stopped)
    #expect(stopped[0].history == Array(whole[0].history.prefix(7)))
    #expect(stopped[0].design == designs[6])
    #expect(stopped[0].physicalDensity.count == 160)
  }

  @Test func `a design that cannot be evaluated ends its own run only`() throws {
    var runs = [
      try TopologyOptimisation(
        of: Self.small(), Options(method: .movingAsymptotes, initialDensity: 0)),
      try TopologyOptimisation(of: Self.small(), Options(volumeFraction: 0.4, iterationLimit: 3)),
    ]
    try TopologyOptimisation.run(&runs)
    #expect(runs[0].state == .failed(.loadOnVoid(loadCase: "load", load: 0)))
    #expect(runs[0].history.isEmpty)
    #expect(runs[0].design == Array(repeating: 0, count: 160))
    #expect(runs[1].state == .limitReached)
  }

  @Test func `a history survives being written down`() throws {
    var problem = Self.small()
    problem.projection = DensityProjection(steepness: 2)
    var run = try TopologyOptimisation(
      of: problem, Options(volumeFraction: 0.4, iterationLimit: 3))
    try run.run()
    let read = try JSONDecoder().decode(
      [TopologyOptimisation.Iteration].self, from: try JSONEncoder().encode(run.history))
    #expect(read == run.history)
    #expect(read.map(\.number) == [1, 2, 3])
    #expect(read[0].change == nil && read[1].change != nil)
  }

  /// A change of problem or options, and where the fault it makes is.
  private struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var places: [String]
    var change: @Sendable (inout ManufacturabilityProblem, inout Options) -> Void
  }

  @Test(arguments: [
    Fault(testDescription: "no volume fraction", places: ["optimisation.volumeFraction"]) {
      $1.volumeFraction = nil
    },
    Fault(testDescription: "a negative fraction", places: ["optimisation.volumeFraction"]) {
      $1.volumeFraction = -0.1
    },
    Fault(testDescription: "too much solid by decree", places: ["optimisation.volumeFraction"]) {
      $0.passive = [PassiveRegion(.box(lower: [0, 0], upper: [16, 6]), .solid)]
      $1.volumeFraction = 0.5
    },
    Fault(testDescription: "too much void by decree", places: ["optimisation.volumeFraction"]) {
      $0.passive = [PassiveRegion(.box(lower: [0, 6], upper: [16, 10]), .void)]
      $1.volumeFraction = 0.7
    },
    Fault(
      testDescription: "limits with optimality criteria, on a term that there is not",
      places: ["optimisation.limits", "optimisation.limits[0].term"]
    ) { $1.limits = [.init("mass", atMost: 1)] },
    Fault(
      testDescription: "a limit that is no number", places: ["optimisation.limits[0].atMost"]
    ) {
      $1.method = .movingAsymptotes
      $1.limits = [.init("compliance", atMost: .nan)]
    },
    Fault(testDescription: "two solids with optimality criteria", places: ["optimisation.method"]) {
      problem, _ in
      problem.solids.append(SolidPhase(index: 2, youngsModulus: 2, poissonsRatio: 0.3))
    },
    Fault(testDescription: "no objective", places: ["optimisation.terms"]) { problem, _ in
      problem.terms[0].weight = 0
    },
    Fault(
      testDescription: "senseless numbers",
      places: [
        "optimisation.iterationLimit", "optimisation.changeTolerance", "optimisation.moveLimit",
        "optimisation.initialDensity",
      ]
    ) {
      $1.iterationLimit = 0
      $1.changeTolerance = .nan
      $1.moveLimit = 0
      $1.initialDensity = 2
    },
    Fault(
      testDescription: "schedules that do not grow",
      places: [
        "penaltyContinuation.step", "projectionContinuation.end",
        "projectionContinuation.interval",
      ]
    ) { problem, _ in
      problem.penaltyContinuation = Continuation(start: 1, step: 0, interval: 1, end: 3)
      problem.projectionContinuation = Continuation(
        start: 4, step: 2, interval: 0, end: 2, isGeometric: true)
    },
    Fault(
      testDescription: "a schedule that starts where SIMP has no slope",
      places: ["interpolation.penalty"]
    ) { problem, _ in
      problem.penaltyContinuation = Continuation(start: 0.5, step: 0.5, interval: 5, end: 3)
    },
    Fault(testDescription: "a fault of the problem", places: ["filter.radius"]) { problem, _ in
      problem.filter = DensityFilter(radius: -1)
    },
  ])
  private func `faults are told at once, with their places, before anything is factored`(
    _ fault: Fault
  ) throws {
    var problem = Self.small()
    var options = Options(volumeFraction: 0.4)
    fault.change(&problem, &options)
    do {
      _ = try TopologyOptimisation(of: problem, options)
      Issue.record("no fault was found")
    } catch {
      #expect(error.faults.map(\.place) == fault.places, "\(error)")
    }
  }
}
