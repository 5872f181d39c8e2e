package import DeckLanguage
import FiniteElements
import Meshing
import NumericalMethods
package import ThermoElasticity

/// A deck being run: its steps in order, with everything that lives on from one to the next.
///
/// Which loads act when is what CalculiX 2.20 does:
/// - a static step is solved once, at its end, with the loads as they are then;
/// - a heat step is solved at every increment, loads without an amplitude going in a straight line from
///   where the step before left them;
/// - once a deck has had a heat step, its static steps go in increments too, and the temperatures the
///   heat step found are what the next static step goes to, from the temperatures before it;
/// - heat comes in and goes out through faces as the static steps before have deformed them, and as supports of solids move
///   them in the heat step itself.
package struct DeckRun {
  /// The deck.
  package let deck: Deck
  /// The structure all its steps share.
  package let model: ThermoElasticModel
  /// Whether the deck gives initial temperatures: without them a static step knows no temperature.
  private let hasInitialTemperature: Bool
  /// By what forces and heat flows on a node are multiplied; `nil` where by nothing.
  private let loadShare: [Double]?
  /// What CalculiX keeps of a node's radial displacement, and goes on from: what it prints.
  private let radialShare: [Double]
  private var loads: LoadHistory
  private var requests = PrintRequests()
  private var hadHeat = false
  /// Whether heat comes in and goes out through faces that are not where the mesh has them.
  private var isDeformed = false
  /// Nodes that are where their supports are in heat steps too: of no plane cell, without axes of their own.
  private let followsSupports: [Bool]
  private var startTime = 0.0
  private var displacement: [SIMD3<Double>]
  private var thicknessGrowth = ThicknessGrowth()
  private var mechanicalStrain: PointField<SymmetricTensor>?
  private var energy: (density: PointField<Double>, volume: PointField<Double>)?
  private var temperature: [Double]

  /// A run that has not begun.
  package init(_ deck: Deck) {
    self.deck = deck
    hasInitialTemperature = deck.initialTemperature.contains { $0 != nil }
    var initial = [Double](repeating: 0, count: deck.mesh.nodes.count)
    for (node, value) in deck.initialTemperature.enumerated() { initial[node] = value ?? 0 }
    temperature = initial
    displacement = Array(repeating: .zero, count: initial.count)
    loads = LoadHistory(initialTemperature: initial)
    loadShare = Self.loadShare(deck.mesh)
    radialShare = deck.mesh.printedRadialShare.map { $0 ?? 1 }
    followsSupports = Self.followsSupports(deck)
    model = ThermoElasticModel(
      mesh: deck.mesh, materials: deck.materials, sections: deck.sections,
      nodalAxes: deck.nodalAxes, constraints: deck.constraints,
      initialTemperature: initial)
  }

  /// Runs all steps.
  ///
  /// - Parameter print: Called at every moment CalculiX prints, with what is to be printed.
  mutating func run(
    with solver: FactorReusingSolver,
    print: (DeckState, PrintRequests) throws -> Void
  ) throws {
    let (initialState, shares) = ((displacement, temperature), radialShare)
    for card in deck.initialBoundaries {
      loads.apply(card) { Self.value($0, initialState, shares) }
    }
    for index in deck.steps.indices { try run(step: index, with: solver, print: print) }
  }

  private mutating func run(
    step index: Int, with solver: FactorReusingSolver,
    print: (DeckState, PrintRequests) throws -> Void
  ) throws {
    let step = deck.steps[index]
    let findsTemperature = step.procedure.solves(.temperature)
    hadHeat = hadHeat || findsTemperature
    loads.beginStep(isStepped: step.isStepped)
    let (state, shares) = ((displacement, temperature), radialShare)
    for card in step.cards {
      if case .boundary(let card) = card {
        loads.apply(card) { Self.value($0, state, shares) }
      } else {
        loads.apply(card)
      }
    }
    requests.apply(step, knowsTemperature: hasInitialTemperature || hadHeat)
    var schedule = IncrementSchedule(step, timePoints: timePoints, frequency: requests.frequency)
    if hadHeat {
      var last: StepClock?
      while let increment = schedule.next() {
        guard increment.number <= step.largestIncrementCount else {
          throw AnalysisFault(
            step: index + 1, increment: increment.number,
            problem: "the step needs more than INC=\(step.largestIncrementCount) increments")
        }
        let clock = clock(at: increment.stepTime, schedule.period)
        let answer = try solve(
          step, at: clock, number: (index + 1, increment.number), with: solver)
        if schedule.finish() { try print(answer, requests) }
        last = clock
      }
      if let last { loads.endStep(last, procedure: step.procedure, isIncremental: true) }
      if findsTemperature { loads.setTemperatures(temperature) }
    } else {
      let clock = clock(at: schedule.period, schedule.period)
      try print(try solve(step, at: clock, number: (index + 1, 1), with: solver), requests)
      loads.endStep(clock, procedure: step.procedure, isIncremental: false)
    }
    startTime += schedule.period
  }

  /// The times at which increments end and are printed, since the start of the step.
  private var timePoints: [Double] {
    guard let name = requests.timePoints, let points = deck.timePoints[name] else { return [] }
    return deck.totalTimePoints.contains(name) ? points.map { $0 - startTime } : points
  }

  private func clock(at time: Double, _ period: Double) -> StepClock {
    StepClock(
      stepTime: time, period: period, startTime: startTime, amplitudes: deck.amplitudes)
  }

  private mutating func solve(
    _ step: DeckStep, at clock: StepClock, number: (step: Int, increment: Int),
    with solver: FactorReusingSolver
  ) throws -> DeckState {
    loads.advance(to: clock)
    var state = DeckState(
      step: number.step, increment: number.increment, totalTime: clock.totalTime,
      procedure: step.procedure, temperature: nil, displacement: displacement, printedForce: [])
    switch step.procedure {
    case .staticStress:
      let isThermal = hasInitialTemperature || hadHeat
      loads.tieTemperatures(deck.constraints)
      var cases = loads.mechanicalLoads(isThermal: isThermal)
      if let loadShare {
        for index in cases.forces.indices {
          cases.forces[index].value *= loadShare[Int(cases.forces[index].node)]
        }
      }
      let (answer, force) = try solver.solve(cases)
      displacement = answer.displacement
      thicknessGrowth = answer.thicknessGrowth
      isDeformed = true
      mechanicalStrain = answer.mechanicalStrain
      energy = (answer.energyDensity, answer.pointVolume)
      state.printedForce = force
      if let temperature = cases.temperature { self.temperature = temperature }
      state.temperature = cases.temperature
      state.elastic = answer
    case .steadyHeat:
      var cases = loads.thermalLoads()
      if let loadShare {
        for index in cases.flows.indices {
          cases.flows[index].power *= loadShare[Int(cases.flows[index].node)]
        }
      }
      moveSupportedNodes()
      if isDeformed {
        cases = DeformedFaces(model, displacement: displacement, growth: thicknessGrowth)
          .equivalent(cases)
      }
      let answer = try solver.solve(cases)
      temperature = answer.temperature
      state.temperature = temperature
      state.heat = answer
      state.lastMechanicalStrain = mechanicalStrain
      state.lastEnergy = energy
    }
    state.displacement = displacement
    if requests.ask(for: .bodyHeating) { state.heatSources = loads.heatSources() }
    if requests.ask(for: .centrifugalForce) {
      state.rotations = loads.rotations().map { ($0.cells, $0.speedSquared) }
    }
    return state
  }

  /// Moves nodes to where their supports are in a heat step; no other node moves in it.
  private mutating func moveSupportedNodes() {
    for (unknown, slot) in loads.boundaries where unknown.degree > 0 {
      let (node, axis) = (Int(unknown.node), unknown.degree - 1)
      guard followsSupports[node], displacement[node][axis] != slot.actual else { continue }
      displacement[node][axis] = slot.actual
      // A deck of heat steps alone has no deformed faces.
      isDeformed = isDeformed || deck.steps.contains { $0.procedure == .staticStress }
    }
  }

  private static func followsSupports(_ deck: Deck) -> [Bool] {
    var follows = [Bool](repeating: true, count: deck.mesh.nodes.count)
    for block in deck.mesh.blocks where block.elementType?.theory != .solid {
      for node in block.connectivity { follows[Int(node)] = false }
    }
    for node in deck.nodalAxes.keys { follows[Int(node)] = false }
    return follows
  }

  /// In a deck with axisymmetric cells CalculiX takes every force and heat flow on a node for that of a full turn, the
  /// ones on nodes of other cells too: it divides them by the number of wedges in a turn.
  private static func loadShare(_ mesh: Mesh) -> [Double]? {
    let isRound = mesh.blocks.map { $0.elementType?.theory == .axisymmetric }
    guard isRound.contains(true), isRound.contains(false) else { return nil }
    var shares = [Double](repeating: 1 / ElementTable.wedgesPerTurn, count: mesh.nodes.count)
    for (block, isRound) in zip(mesh.blocks, isRound) where isRound {
      for node in block.connectivity { shares[Int(node)] = 1 }
    }
    return shares
  }

  /// What an unknown has come to.
  private static func value(
    _ unknown: LoadHistory.Unknown,
    _ state: (displacement: [SIMD3<Double>], temperature: [Double]), _ radialShare: [Double]
  ) -> Double {
    let node = Int(unknown.node)
    switch unknown.degree {
    case 0: return state.temperature[node]
    case 1: return state.displacement[node].x * radialShare[node]
    default: return state.displacement[node][unknown.degree - 1]
    }
  }
}
