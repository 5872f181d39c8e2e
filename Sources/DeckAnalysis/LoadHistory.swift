import DeckLanguage
import Meshing
import ThermoElasticity

/// Everything that acts on the structure, carried from step to step as CalculiX carries it.
///
/// A load stays until a later step changes it. The first card of a kind in a step with `OP=NEW` clears
/// that kind: boundary conditions vanish, loads go to zero. The first line of a step for a force replaces
/// the old value, further lines of the same step add; boundary conditions, films and temperatures are
/// replaced each time.
struct LoadHistory {
  /// An unknown: a node and a degree of freedom 0 (temperature), 1, 2, 3.
  struct Unknown: Hashable { var node: Int32; var degree: Int }
  /// A body load and what makes it different from others on the same cells.
  struct Body {
    /// The set or cell by the name that the deck gives it.
    var set: String
    var cells: [Int32]
    var direction: SIMD3<Double>
    var point: SIMD3<Double>?
    var slot: LoadSlot
    var isOfThisStep = true
    /// Whether `OP=NEW` took it back.
    var isCleared = false
  }
  /// A load that adds up within its step.
  struct Adding { var slot: LoadSlot; var isOfThisStep = true }

  private(set) var boundaries: [Unknown: LoadSlot] = [:]
  /// Boundary conditions as the step found them: one that is cleared and given again goes on from its value.
  private var earlierBoundaries: [Unknown: LoadSlot] = [:]
  private(set) var forces: [Unknown: Adding] = [:]
  private(set) var pressures: [Facet: Adding] = [:]
  private(set) var fluxes: [Facet: Adding] = [:]
  private(set) var sources: [Int32: Adding] = [:]
  private(set) var films: [Facet: (coefficient: LoadSlot, ambient: LoadSlot)] = [:]
  private(set) var bodies: [Body] = []
  /// Temperature of every node in a static step.
  private(set) var temperatures: [LoadSlot]
  private let initialTemperature: [Double]
  /// The amplitude of cards of this step that name none.
  private var standardAmplitude: String?
  /// Whether the temperature of what flows by goes in a straight line too: only if the step asks for that in so many words.
  private var rampsAmbient = false
  /// Kinds of cards already met in this step: only the first may clear.
  private var kindsMet: Set<String> = []

  /// No load, at the initial temperatures.
  init(initialTemperature: [Double]) {
    self.initialTemperature = initialTemperature
    temperatures = initialTemperature.map { LoadSlot(old: $0, target: $0, amplitude: nil) }
  }

  /// Starts a step.
  ///
  /// - Parameter isStepped: Whether loads that its cards give without an amplitude act in full at once; `nil` where the
  ///   step does not say. Loads of earlier cards keep their straight line.
  mutating func beginStep(isStepped: Bool? = nil) {
    standardAmplitude = isStepped.map { $0 ? StepClock.jump : StepClock.straightLine }
    rampsAmbient = isStepped == false
    kindsMet = []
    earlierBoundaries = [:]
    for key in forces.keys { forces[key]?.isOfThisStep = false }
    for key in pressures.keys { pressures[key]?.isOfThisStep = false }
    for key in fluxes.keys { fluxes[key]?.isOfThisStep = false }
    for key in sources.keys { sources[key]?.isOfThisStep = false }
    for index in bodies.indices { bodies[index].isOfThisStep = false }
  }

  /// Takes a `*BOUNDARY` card.
  ///
  /// - Parameter state: The value an unknown has at the end of the step before.
  mutating func apply(
    _ card: BoundaryCard, state: (Unknown) -> Double
  ) {
    if isFirst("boundary"), card.operation == .new {
      earlierBoundaries = boundaries
      boundaries = [:]
    }
    for entry in card.entries {
      for degree in entry.degrees {
        guard let degree = Self.degree(degree) else { continue }
        for node in entry.nodes {
          let unknown = Unknown(node: node, degree: degree)
          let value = card.isFixed ? state(unknown) : entry.value
          if boundaries[unknown] != nil {
            boundaries[unknown]?.target = value
            boundaries[unknown]?.amplitude = card.amplitude ?? standardAmplitude
          } else {
            boundaries[unknown] = LoadSlot(
              old: earlierBoundaries[unknown]?.old ?? state(unknown), target: value,
              amplitude: card.amplitude ?? standardAmplitude)
          }
        }
      }
    }
  }

  /// Takes a load card.
  mutating func apply(_ card: StepCard) {
    switch card {
    case .force(let card):
      if isFirst("force"), card.operation == .new {
        // Nodal heat flows too, as in CalculiX.
        for key in forces.keys { forces[key]?.slot.target = 0 }
      }
      for entry in card.entries where 1...3 ~= entry.degree {
        for node in entry.nodes {
          forces.add(
            entry.value, to: Unknown(node: node, degree: entry.degree),
            card.amplitude ?? standardAmplitude)
        }
      }
    case .flow(let card):
      if isFirst("flow"), card.operation == .new {
        for key in forces.keys where key.degree == 0 { forces[key]?.slot.target = 0 }
      }
      for entry in card.entries {
        for node in entry.nodes {
          forces.add(
            entry.value, to: Unknown(node: node, degree: 0), card.amplitude ?? standardAmplitude)
        }
      }
    case .distributedLoad(let card):
      if isFirst("distributedLoad"), card.operation == .new {
        for key in pressures.keys { pressures[key]?.slot.target = 0 }
        for index in bodies.indices {
          bodies[index].slot.target = 0
          bodies[index].isCleared = true
        }
      }
      for entry in card.entries { apply(entry, amplitude: card.amplitude ?? standardAmplitude) }
    case .temperature(let card):
      if isFirst("temperature"), card.operation == .new {
        for node in temperatures.indices { temperatures[node].target = initialTemperature[node] }
      }
      for entry in card.entries {
        for node in entry.nodes {
          temperatures[Int(node)].target = entry.value
          temperatures[Int(node)].amplitude = card.amplitude ?? standardAmplitude
        }
      }
    case .distributedFlux(let card):
      if isFirst("distributedFlux"), card.operation == .new {
        for key in fluxes.keys { fluxes[key]?.slot.target = 0 }
        for key in sources.keys { sources[key]?.slot.target = 0 }
      }
      for entry in card.entries {
        switch entry {
        case .surface(let facets, let value):
          for facet in facets { fluxes.add(value, to: facet, card.amplitude ?? standardAmplitude) }
        case .body(let cells, let value):
          for cell in cells { sources.add(value, to: cell, card.amplitude ?? standardAmplitude) }
        }
      }
    case .film(let card):
      if isFirst("film"), card.operation == .new {
        for key in films.keys { films[key]?.coefficient.target = 0 }
      }
      for entry in card.entries {
        for facet in entry.facets {
          var film =
            films[facet]
            ?? (LoadSlot(target: 0, amplitude: nil), LoadSlot(target: 0, amplitude: nil))
          film.coefficient.target = entry.coefficient
          film.coefficient.amplitude = card.secondAmplitude
          film.ambient.target = entry.ambient
          film.ambient.amplitude = card.amplitude ?? standardAmplitude
          if !rampsAmbient { film.ambient.old = entry.ambient }
          films[facet] = film
        }
      }
    case .boundary, .print, .fieldOutput: break
    }
  }

  private mutating func apply(_ entry: DistributedLoadEntry, amplitude: String?) {
    switch entry {
    case .pressure(let facets, let value):
      for facet in facets { pressures.add(value, to: facet, amplitude) }
    case .gravity(let set, let cells, let acceleration, let direction):
      add(acceleration, set, cells, direction: direction, point: nil, amplitude)
    case .centrifugal(let set, let cells, let speedSquared, let point, let axis):
      add(speedSquared, set, cells, direction: axis, point: point, amplitude)
    }
  }

  private mutating func add(
    _ value: Double, _ set: String, _ cells: [Int32], direction: SIMD3<Double>,
    point: SIMD3<Double>?, _ amplitude: String?
  ) {
    // Of several axes that the new one may be, the oldest is the one.
    let same = bodies.indices.first { index in
      let body = bodies[index]
      guard body.set == set, body.cells == cells, abs(body.direction.dot(direction) - 1) <= 1e-10
      else {
        return false
      }
      guard let point else { return body.point == nil }
      guard let other = body.point else { return false }
      let arm = other - point
      // The same axis may be given by another point on it.
      return arm.length <= 1e-10 || abs(arm.normalized.dot(direction) - 1) <= 1e-10
    }
    guard let same else {
      bodies.append(
        Body(
          set: set, cells: cells, direction: direction, point: point,
          slot: LoadSlot(target: value, amplitude: amplitude)))
      return
    }
    bodies[same].slot.target = value + (bodies[same].isOfThisStep ? bodies[same].slot.target : 0)
    bodies[same].slot.amplitude = amplitude
    bodies[same].isOfThisStep = true
    bodies[same].isCleared = false
    bodies[same].point = point
  }

  /// Sets the temperatures a static step goes to: those a heat step found.
  mutating func setTemperatures(_ values: [Double]) {
    for node in temperatures.indices { temperatures[node].target = values[node] }
  }

  /// Gives nodes that an equation eliminates the temperature it asks for, as far as temperatures are given.
  ///
  /// One equation after the other, in the order of the eliminated nodes, as in CalculiX's `tempload`.
  mutating func tieTemperatures(_ constraints: [LinearConstraint]) {
    let tied = constraints.filter { $0.terms.first?.component == 3 }
      .sorted { $0.terms[0].node < $1.terms[0].node }
    for constraint in tied {
      let sum = constraint.terms.dropFirst().reduce(0) {
        $0 - $1.coefficient * temperatures[Int($1.node)].actual
      }
      let head = constraint.terms[0]
      temperatures[Int(head.node)].actual = sum / head.coefficient
    }
  }

  /// Moves every load to a time of the step.
  mutating func advance(to clock: StepClock) {
    boundaries.forEachValue { $0.advance(to: clock) }
    forces.forEachValue { $0.slot.advance(to: clock) }
    pressures.forEachValue { $0.slot.advance(to: clock) }
    fluxes.forEachValue { $0.slot.advance(to: clock) }
    sources.forEachValue { $0.slot.advance(to: clock) }
    films.forEachValue {
      $0.coefficient.advance(to: clock)
      $0.ambient.advance(to: clock)
    }
    for index in bodies.indices { bodies[index].slot.advance(to: clock) }
    for node in temperatures.indices { temperatures[node].advance(to: clock) }
  }

  /// Ends a step of the given kind at its last time.
  ///
  /// In increments boundary values move on only in steps that solve for their unknown; one with an amplitude that ends with
  /// the step (`*STEP, AMPLITUDE=RAMP` among them) is then lost. A static step that is solved once, at its end, moves all
  /// of them: a temperature held since before it starts the next heat step from its value.
  ///
  /// - Parameter isIncremental: Whether the step went in increments.
  mutating func endStep(
    _ clock: StepClock, procedure: DeckStep.Procedure, isIncremental: Bool
  ) {
    let unknowns = procedure.traits.unknowns
    for key in boundaries.keys {
      let unknown: DeckStep.Procedure.Unknown = key.degree == 0 ? .temperature : .displacement
      guard var slot = boundaries[key] else { continue }
      if isIncremental, !unknowns.contains(unknown) { slot.actual = slot.old }
      slot.endStep(clock)
      boundaries[key] = slot
    }
    forces.forEachValue { $0.slot.endStep(clock) }
    pressures.forEachValue { $0.slot.endStep(clock) }
    fluxes.forEachValue { $0.slot.endStep(clock) }
    sources.forEachValue { $0.slot.endStep(clock) }
    films.forEachValue {
      $0.coefficient.endStep(clock)
      $0.ambient.endStep(clock)
    }
    for index in bodies.indices { bodies[index].slot.endStep(clock) }
    if !unknowns.contains(.temperature) {
      // An amplitude on temperatures outlives its step (CalculiX means to end it and misses).
      for node in temperatures.indices { temperatures[node].old = temperatures[node].actual }
    }
  }

  /// The first card of a kind in a step may clear what was there.
  private mutating func isFirst(_ kind: String) -> Bool { kindsMet.insert(kind).inserted }

  /// 0 for the temperature, 1…3 for displacements; rotations have no unknown here.
  private static func degree(_ degree: Int) -> Int? {
    switch degree {
    case 1...3: degree
    case 0, 11: 0
    default: nil
    }
  }
}

extension Dictionary {
  /// Changes every value in place.
  fileprivate mutating func forEachValue(_ change: (inout Value) -> Void) {
    var index = values.startIndex
    while index != values.endIndex {
      change(&values[index])
      values.formIndex(after: &index)
    }
  }
}

extension Dictionary where Value == LoadHistory.Adding {
  /// The first line of a step replaces, the next ones add.
  fileprivate mutating func add(_ value: Double, to key: Key, _ amplitude: String?) {
    guard var load = self[key] else {
      self[key] = LoadHistory.Adding(slot: LoadSlot(target: value, amplitude: amplitude))
      return
    }
    load.slot.target = value + (load.isOfThisStep ? load.slot.target : 0)
    load.slot.amplitude = amplitude
    load.isOfThisStep = true
    self[key] = load
  }
}
