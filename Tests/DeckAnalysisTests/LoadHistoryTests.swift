import DeckLanguage
import Meshing
import Testing
import ThermoElasticity

@testable import DeckAnalysis

@Suite("Loads from step to step") struct LoadHistoryTests {
  typealias Unknown = LoadHistory.Unknown

  static func clock(
    _ time: Double = 1, start: Double = 0, _ amplitudes: [String: Amplitude] = [:]
  ) -> StepClock {
    StepClock(stepTime: time, period: 1, startTime: start, amplitudes: amplitudes)
  }

  static func force(
    _ values: Double..., operation: CardOperation = .modify, amplitude: String? = nil
  ) -> StepCard {
    var card = LoadCard<ForceEntry>()
    card.operation = operation
    card.amplitude = amplitude
    card.entries = values.map { ForceEntry(nodes: [0], degree: 2, value: $0) }
    return .force(card)
  }

  static func boundary(
    _ value: Double, operation: CardOperation = .modify, degrees: ClosedRange<Int> = 1...1,
    isFixed: Bool = false
  ) -> BoundaryCard {
    var card = BoundaryCard()
    card.operation = operation
    card.isFixed = isFixed
    card.entries = [.init(nodes: [0], degrees: degrees, value: value)]
    return card
  }

  /// The force on node 0 at the end of each step, one list of cards per step.
  static func forces(_ steps: [[StepCard]], _ amplitudes: [String: Amplitude] = [:]) -> [Double] {
    var history = LoadHistory(initialTemperature: [0])
    return steps.enumerated().map { index, cards in
      history.beginStep()
      for card in cards { history.apply(card) }
      let clock = clock(start: Double(index), amplitudes)
      history.advance(to: clock)
      defer { history.endStep(clock, procedure: .staticStress, isIncremental: false) }
      return history.mechanicalLoads(isThermal: false).forces.first?.value ?? 0
    }
  }

  @Test func `a force stays until it is changed`() {
    #expect(Self.forces([[Self.force(3)], [], [Self.force(5)], []]) == [3, 3, 5, 5])
  }

  @Test func `lines of one step add, a later step replaces`() {
    #expect(Self.forces([[Self.force(3, 4)], [Self.force(5)]]) == [7, 5])
  }

  @Test func `OP=NEW clears once per step`() {
    let clear = Self.force(1, operation: .new)
    #expect(Self.forces([[Self.force(3)], [clear, clear]]) == [3, 2])
  }

  @Test func `an amplitude in step time leaves its last value behind`() {
    let curve = Amplitude(points: [(0, 0), (1, 0.5)], usesTotalTime: false)
    #expect(Self.forces([[Self.force(4, amplitude: "A")], []], ["A": curve]) == [2, 2])
  }

  @Test func `an amplitude in total time goes on`() {
    let curve = Amplitude(points: [(0, 0), (1, 0.5), (2, 3)], usesTotalTime: true)
    #expect(Self.forces([[Self.force(4, amplitude: "A")], []], ["A": curve]) == [2, 12])
  }

  @Test(
    "at a jump the later factor holds",
    arguments: [
      (0.25, 1.0), (0.5, 5), (0.75, 4), (1, 3), (2, 3),
    ])
  func jump(_ time: Double, _ factor: Double) {
    let curve = Amplitude(points: [(0, 1), (0.5, 1), (0.5, 5), (1, 3)], usesTotalTime: false)
    #expect(curve.factor(at: time) == factor)
  }

  @Test func `loads without an amplitude go in a straight line`() {
    var history = LoadHistory(initialTemperature: [0])
    history.beginStep()
    history.apply(Self.force(8))
    history.advance(to: Self.clock(0.25))
    #expect(history.mechanicalLoads(isThermal: false).forces.map(\.value) == [2])
  }

  @Test func `AMPLITUDE=STEP is for the loads of the step's own cards`() {
    var history = LoadHistory(initialTemperature: [0])
    // A support from before the step goes on in a straight line.
    history.apply(Self.boundary(4)) { _ in 0 }
    history.beginStep(isStepped: true)
    history.apply(Self.force(8))
    history.advance(to: Self.clock(0.25))
    #expect(history.mechanicalLoads(isThermal: false).forces.map(\.value) == [8])
    #expect(history.mechanicalLoads(isThermal: false).prescribed.map(\.value) == [1])
  }

  @Test(
    "a temperature held from a static step in increments on is lost where its amplitude ends with the step",
    arguments: [(nil, 30.0), (true, 10), (false, 10)])
  func temperatureOfStaticStep(_ isStepped: Bool?, _ expected: Double) {
    // CalculiX 2.20 prints 30 without AMPLITUDE=, and 10 under STEP and under RAMP.
    var history = LoadHistory(initialTemperature: [0])
    history.apply(Self.boundary(10, degrees: 11...11)) { _ in 10 }
    history.beginStep(isStepped: isStepped)
    history.apply(Self.boundary(30, degrees: 11...11)) { _ in 10 }
    history.advance(to: Self.clock())
    history.endStep(Self.clock(), procedure: .staticStress, isIncremental: true)
    history.beginStep()
    history.advance(to: Self.clock(start: 1))
    #expect(history.thermalLoads().prescribed.map(\.value) == [expected])
  }

  @Test(
    "what flows by has its temperature at once, unless the step has AMPLITUDE=RAMP",
    arguments: [(nil, 60.0), (true, 60), (false, 15)])
  func ambient(_ isStepped: Bool?, _ temperature: Double) {
    var history = LoadHistory(initialTemperature: [0])
    history.beginStep(isStepped: isStepped)
    var card = LoadCard<FilmEntry>()
    card.entries = [FilmEntry(facets: [Facet(cell: 0, side: 0)], ambient: 60, coefficient: 2)]
    history.apply(.film(card))
    history.advance(to: Self.clock(0.25))
    #expect(history.thermalLoads().films.map(\.ambient) == [temperature])
    #expect(history.thermalLoads().films.map(\.coefficient) == [0.5])
  }

  @Test func `equations tie given temperatures, in the order of the nodes they eliminate`() {
    var history = LoadHistory(initialTemperature: [0, 0, 0])
    history.beginStep()
    var card = LoadCard<TemperatureEntry>()
    card.entries = [TemperatureEntry(nodes: [2], value: 40)]
    history.apply(.temperature(card))
    history.advance(to: Self.clock())
    func equation(_ node: Int32, _ factor: Double, _ other: Int32) -> LinearConstraint {
      LinearConstraint([
        .init(node: node, component: 3, coefficient: factor),
        .init(node: other, component: 3, coefficient: -1),
      ])
    }
    history.tieTemperatures([equation(1, 1, 0), equation(0, 2, 2)])
    #expect(history.temperatures.map(\.actual) == [20, 20, 40])
  }

  @Test func `a support starts from where its unknown is`() {
    var history = LoadHistory(initialTemperature: [0])
    history.beginStep()
    history.apply(Self.boundary(3)) { _ in 1 }
    history.advance(to: Self.clock(0.5))
    #expect(history.mechanicalLoads(isThermal: false).prescribed.map(\.value) == [2])
  }

  @Test func `OP=NEW removes supports, FIXED holds what was reached`() {
    var history = LoadHistory(initialTemperature: [0])
    history.beginStep()
    history.apply(Self.boundary(3, degrees: 1...3)) { _ in 0 }
    history.advance(to: Self.clock())
    history.endStep(Self.clock(), procedure: .staticStress, isIncremental: false)
    history.beginStep()
    history.apply(Self.boundary(9, operation: .new, isFixed: true)) { _ in 0.5 }
    history.advance(to: Self.clock())
    let loads = history.mechanicalLoads(isThermal: false)
    #expect(loads.prescribed == [PrescribedValue(node: 0, component: 0, value: 0.5)])
  }

  @Test func `degree 11 is a temperature and rotations are nothing`() {
    var history = LoadHistory(initialTemperature: [20])
    history.beginStep()
    history.apply(Self.boundary(100, degrees: 11...11)) { _ in 20 }
    history.apply(Self.boundary(1, degrees: 4...6)) { _ in 0 }
    history.advance(to: Self.clock(0.5))
    #expect(history.thermalLoads().prescribed.map(\.value) == [60])
    #expect(history.mechanicalLoads(isThermal: false).prescribed.isEmpty)
  }

  @Test func `a film's coefficient grows and its ambient temperature jumps`() {
    var history = LoadHistory(initialTemperature: [0])
    var card = LoadCard<FilmEntry>()
    card.entries = [FilmEntry(facets: [Facet(cell: 0, side: 1)], ambient: 300, coefficient: 8)]
    history.beginStep()
    history.apply(.film(card))
    history.advance(to: Self.clock(0.25))
    let film = history.thermalLoads().films[0]
    #expect(film.coefficient == 2)
    #expect(film.ambient == 300)
  }

  @Test func `gravity in another direction is another load`() {
    var history = LoadHistory(initialTemperature: [0])
    func gravity(_ direction: SIMD3<Double>, _ value: Double) -> StepCard {
      var card = LoadCard<DistributedLoadEntry>()
      card.entries = [.gravity(set: "ALLE", cells: [0], acceleration: value, direction: direction)]
      return .distributedLoad(card)
    }
    history.beginStep()
    history.apply(gravity([0, 0, -1], 9))
    history.apply(gravity([1, 0, 0], 2))
    history.apply(gravity([0, 0, -1], 1))
    history.advance(to: Self.clock())
    let loads = history.mechanicalLoads(isThermal: false).accelerations
    #expect(loads.map(\.acceleration) == [[0, 0, -10], [2, 0, 0]])
  }
}
